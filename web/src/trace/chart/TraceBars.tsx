import type { CallState } from '@volley/shared/run/state.ts'
import { endOf } from '@volley/shared/trace/span.ts'
import type { AttemptSpan, CallRow, ModelRow } from '@volley/shared/trace/spans.ts'
import type { WaitSpan } from '@volley/shared/trace/waiting.ts'
import type { CSSProperties } from 'react'
import { statusWord } from '../../ui/StatusDot.tsx'
import { counted } from '../format.ts'
import { barWords, codeWords, modelWords } from '../words.ts'
import { type Axis, percent } from './axis.ts'

export interface Scale {
  axis: Axis
  now: number
  /** Pixels for a millisecond; 0 before the chart was measured. */
  pixelsPerMs: number
}

/** The bars of one call: how long it waited, then how long it ran. The one that stands for the call carries its number. */
export function CallBars({
  row,
  call,
  isCritical,
  isLit,
  scale,
}: {
  row: CallRow
  call: CallState
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
  const waits = row.waits.filter((wait) => (endOf(wait, scale.now) - wait.from) * scale.pixelsPerMs >= LEAST_WAIT_PX)
  if (row.run) {
    const { run } = row
    return (
      <>
        {waits.map((wait) => (
          <WaitBar key={wait.why} wait={wait} scale={scale} />
        ))}
        <div className="bar" style={placed(run.from, endOf(run, scale.now), scale)} {...marks}>
          <Pauses attempts={row.attempts} from={run.from} to={endOf(run, scale.now)} />
          <BarText
            words={[barWords(call), ...shortOf(call)]}
            isWholeOnly={call.status === 'succeeded'}
            number={hundredths(endOf(run, scale.now) - run.from)}
            width={(endOf(run, scale.now) - run.from) * scale.pixelsPerMs}
          />
        </div>
      </>
    )
  }
  const from = row.waits[0]?.from ?? call.emittedAt
  const to = call.finishedAt ?? Math.max(from, scale.now)
  return (
    <div
      className="bar-waiting"
      data-why={call.status === 'ready' ? 'place' : 'calls'}
      style={placed(from, to, scale)}
      {...marks}
    >
      <BarText words={[barWords(call), ...shortOf(call)]} number="" width={(to - from) * scale.pixelsPerMs} />
    </div>
  )
}

export function ModelBar({ row, scale }: { row: ModelRow; scale: Scale }) {
  const to = endOf(row.span, scale.now)
  return (
    <div className="bar" data-status="model" style={placed(row.span.from, to, scale)}>
      <BarText
        words={[modelWords(row), ...(row.calls > 0 ? [counted(row.calls, 'call')] : [])]}
        number={`${hundredths(to - row.span.from)} s`}
        width={(to - row.span.from) * scale.pixelsPerMs}
      />
    </div>
  )
}

function WaitBar({ wait, scale }: { wait: WaitSpan; scale: Scale }) {
  return <div className="bar-waiting" data-why={wait.why} style={placed(wait.from, endOf(wait, scale.now), scale)} />
}

/** The gaps between attempts, inside the bar of the whole. */
function Pauses({ attempts, from, to }: { attempts: AttemptSpan[]; from: number; to: number }) {
  const whole = Math.max(1, to - from)
  return attempts.slice(1).map((attempt, index) => {
    const before = attempts[index]?.to ?? attempt.from
    const style = {
      left: `${((before - from) / whole) * 100}%`,
      width: `${((attempt.from - before) / whole) * 100}%`,
    }
    return <span key={attempt.attempt} className="bar-pause" style={style} />
  })
}

const LETTER_PX = 6.4
/** A shorter wait is no more than the time a start takes. */
const LEAST_WAIT_PX = 8

/** Words and number inside a bar, as far as they fit; a number that does not stands beside it. */
function BarText({
  words,
  number,
  width,
  isWholeOnly = false,
}: {
  /** The same said at length and shorter: the first that fits is taken. */
  words: string[]
  number: string
  width: number
  /** Words that are better left out than cut. */
  isWholeOnly?: boolean
}) {
  const numberWidth = number.length * LETTER_PX + 12
  const fits = width >= numberWidth
  const room = width - (number ? numberWidth : 0) - 14
  const last = words.at(-1) ?? ''
  const fitting = words.find((one) => one.length * LETTER_PX <= room) ?? (isWholeOnly || room < 36 ? '' : last)
  return (
    <span
      aria-hidden="true"
      className="absolute inset-0 flex items-center gap-2 px-[7px] font-mono text-[10.5px] leading-4 whitespace-nowrap text-text-1"
    >
      {fitting && <span className="bar-words min-w-0 truncate">{fitting}</span>}
      {fits && number && <span className="ml-auto">{number}</span>}
      {!fits && number && <span className="absolute left-full pl-1.5 text-text-2">{number}</span>}
    </span>
  )
}

/** What is left of the words where there is little room. */
function shortOf(call: CallState): string[] {
  if (call.status === 'succeeded') return []
  return [call.status === 'failed' && call.error ? codeWords(call.error.code) : statusWord(call.status)]
}

function placed(from: number, to: number, { axis }: Scale): CSSProperties {
  return { left: `${percent(from, axis)}%`, width: `${percent(to - from, axis)}%` }
}

const hundredths = (ms: number) => (ms / 1000).toFixed(2)
