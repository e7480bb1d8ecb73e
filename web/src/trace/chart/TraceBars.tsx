import type { CallState } from '@volley/shared/run/state.ts'
import type { Hold } from '@volley/shared/trace/holds.ts'
import { endOf } from '@volley/shared/trace/span.ts'
import type { AttemptSpan, CallRow, ModelRow } from '@volley/shared/trace/spans.ts'
import type { WaitSpan } from '@volley/shared/trace/waiting.ts'
import { statusWord } from '../../ui/StatusDot.tsx'
import { counted, duration } from '../format.ts'
import { barWords, codeWords, modelWords, waitWords } from '../words.ts'
import { Bar, Part, type Scale, seenPx } from './Bar.tsx'
import { BarText, LETTER_PX } from './BarText.tsx'

/** A shorter wait is not worth a bar. */
const LEAST_WAIT_PX = 8
/** A thinner mark could not be seen. */
const LEAST_SLACK_PX = 3

/**
 * The bars of one call: how long it waited and why, how long it ran, and a thin line for how much longer it could have taken. The one that
 * stands for the call carries its number.
 */
export function CallBars({
  row,
  call,
  hold,
  knowsHolds,
  slackMs,
  isCritical,
  isLit,
  scale,
}: {
  row: CallRow
  call: CallState
  /** What kept it in line for a place. */
  hold: Hold | undefined
  /** Whether it is known what kept calls in line. */
  knowsHolds: boolean
  slackMs: number
  isCritical: boolean
  isLit: boolean
  scale: Scale
}) {
  const marks = {
    'data-span': row.call,
    'data-status': row.status,
    ...(isCritical ? { 'data-critical': 'true' } : {}),
    ...(isLit ? { 'data-lit': '' } : {}),
  }
  // Where no limit held it, the time before a start is no more than the start takes.
  const waits = row.waits.filter(
    (wait) =>
      (endOf(wait, scale.now) - wait.from) * scale.pixelsPerMs >= LEAST_WAIT_PX &&
      (wait.why !== 'place' || hold !== undefined || call.heldBy !== undefined || !knowsHolds),
  )
  if (row.run) {
    const from = row.run.from
    const to = endOf(row.run, scale.now)
    return (
      <>
        {waits.map((wait) => (
          <WaitBar key={wait.why} wait={wait} words={waitWords(wait.why, call, hold)} scale={scale} />
        ))}
        <Bar from={from} to={to} scale={scale} {...marks}>
          <Attempts attempts={row.attempts} from={from} to={to} />
          <BarText
            words={[barWords(call), ...shortOf(call)]}
            isWholeOnly={call.status === 'succeeded'}
            number={hundredths(to - from)}
            width={seenPx(from, to, scale)}
          />
        </Bar>
        {slackMs * scale.pixelsPerMs >= LEAST_SLACK_PX && (
          <SlackMark from={to} to={to + slackMs} isLit={isLit} scale={scale} />
        )}
      </>
    )
  }
  // What it waits for last stands for the call.
  const last = row.waits.at(-1)
  const from = last?.from ?? call.emittedAt
  const to = call.finishedAt ?? Math.max(from, scale.now)
  const why = last?.why ?? 'calls'
  return (
    <>
      {waits
        .filter((wait) => wait !== last)
        .map((wait) => (
          <WaitBar key={wait.why} wait={wait} words={waitWords(wait.why, call, hold)} scale={scale} />
        ))}
      <Bar className="bar-waiting" from={from} to={to} scale={scale} data-why={why} {...marks}>
        <BarText
          words={[...(call.finishedAt === null ? waitWords(why, call, hold) : [barWords(call)]), ...shortOf(call)]}
          number=""
          width={seenPx(from, to, scale)}
        />
      </Bar>
    </>
  )
}

export function ModelBar({ row, scale }: { row: ModelRow; scale: Scale }) {
  const { from } = row.span
  const to = endOf(row.span, scale.now)
  return (
    <Bar from={from} to={to} scale={scale} data-status="model">
      {[...row.pauses, ...row.queued].map((pause) => (
        <Part
          key={pause.from}
          className="bar-pause"
          part={{ from: pause.from, to: endOf(pause, scale.now) }}
          whole={{ from, to }}
        />
      ))}
      <BarText
        words={[modelWords(row), ...(row.calls > 0 ? [counted(row.calls, 'call')] : [])]}
        number={`${hundredths(to - from)} s`}
        width={seenPx(from, to, scale)}
      />
    </Bar>
  )
}

function WaitBar({ wait, words, scale }: { wait: WaitSpan; words: string[]; scale: Scale }) {
  const to = endOf(wait, scale.now)
  return (
    <Bar
      className="bar-waiting"
      data-why={wait.why}
      title={`${words[0]}, ${duration(to - wait.from)}`}
      from={wait.from}
      to={to}
      scale={scale}
    >
      <BarText words={words} isWholeOnly number="" width={seenPx(wait.from, to, scale)} />
    </Bar>
  )
}

/** How much longer a call could have taken without the run ending later. */
function SlackMark({ from, to, isLit, scale }: { from: number; to: number; isLit: boolean; scale: Scale }) {
  const words = `could take ${duration(to - from)} longer`
  const wordsPx = words.length * LETTER_PX
  const fits = seenPx(from, to, scale) > wordsPx + 60
  const fitsAfter = (scale.axis.end - to) * scale.pixelsPerMs > wordsPx
  return (
    <Bar
      className="bar-slack"
      title={`This call ${words} without the run ending later`}
      from={from}
      to={to}
      scale={scale}
    >
      {isLit && (fits || fitsAfter) && (
        <span className="bar-slack-words" data-after={!fits || undefined}>
          {words}
        </span>
      )}
    </Bar>
  )
}

/** Inside the bar of the whole: the attempts that failed, and the pauses after them, in which nothing ran. */
function Attempts({ attempts, from, to }: { attempts: AttemptSpan[]; from: number; to: number }) {
  if (attempts.length < 2) return null
  const whole = { from, to }
  return attempts.map((attempt, index) => {
    const next = attempts[index + 1]
    const end = attempt.to ?? to
    return (
      <span key={attempt.attempt}>
        {attempt.failed && next && <Part className="bar-try" part={{ from: attempt.from, to: end }} whole={whole} />}
        {next && <Part className="bar-pause" part={{ from: end, to: next.from }} whole={whole} />}
      </span>
    )
  })
}

/** What is left of the words where there is little room. */
function shortOf(call: CallState): string[] {
  if (call.status === 'succeeded') return []
  return [call.status === 'failed' && call.error ? codeWords(call.error.code) : statusWord(call.status)]
}

const hundredths = (ms: number) => (ms / 1000).toFixed(2)
