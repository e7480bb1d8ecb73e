import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { memo } from 'react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { mostActive, type StatusOfTool } from '../state/runStore.ts'
import { NOTHING_LIT, useSessionStore } from '../state/sessionStore.ts'
import { openCall } from '../state/traceStore.ts'
import { Approvals } from '../trace/Approvals.tsx'
import { counted, numbered, seconds } from '../trace/format.ts'
import { Prose } from '../trace/Prose.tsx'
import { callFault } from '../trace/words.ts'
import { cx } from '../ui/cx.ts'
import { StatusDot, statusWord } from '../ui/StatusDot.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { ExchangeMenu } from './ExchangeMenu.tsx'

/** One message and all that came of it: the calls by tool, what went wrong, and the words, as they come. */
export const Exchange = memo(function Exchange({
  run,
  input,
  isCurrent = false,
  isPast = false,
}: {
  run: RunState
  input: string
  isCurrent?: boolean
  /** The run as it was at an earlier time: nothing in it can be decided any more. */
  isPast?: boolean
}) {
  const isLive = run.summary === null
  return (
    <article aria-label={isCurrent ? 'This message' : 'An earlier message'} className="flex flex-col gap-2.5">
      <p className="m-0 max-w-[86%] self-end rounded-xl rounded-br-sm bg-surface-3 px-3 py-2 text-sm break-words whitespace-pre-wrap">
        {input || 'Calls written by hand.'}
      </p>
      {run.turns.map((turn) => (
        <div key={turn.turn} className="flex flex-col gap-2.5">
          {turn.text !== '' && <Prose text={turn.text} />}
          {turn.calls.length > 0 && <Chips run={run} calls={turn.calls} isCurrent={isCurrent} />}
          {turn.messageFinishedAt === null && turn.retries.length > 0 && isLive && (
            <p className="m-0 text-xs text-text-2">Asked again: {turn.retries.at(-1)?.error.message}</p>
          )}
          <Faults calls={turn.calls.flatMap((number) => run.calls[number - 1] ?? [])} />
        </div>
      ))}
      {isLive && !isPast && <Approvals run={run} />}
      {isLive ? <Working run={run} /> : <Ending run={run} isCurrent={isCurrent} />}
    </article>
  )
})

/** Tools beyond these are told in one number: the trace lists every call. */
const MOST_CHIPS = 40

/**
 * A chip for each tool called in a turn: how often, and the most active state of its calls. Those of the run on the canvas light their
 * calls there, and open the first that did not succeed.
 */
function Chips({ run, calls, isCurrent }: { run: RunState; calls: readonly number[]; isCurrent: boolean }) {
  const byTool = Map.groupBy(
    calls.flatMap((number) => run.calls[number - 1] ?? []),
    (call) => call.tool,
  )
  const more = byTool.size - MOST_CHIPS
  return (
    <ul aria-label="Calls by tool" className="m-0 flex list-none flex-wrap gap-1.5 p-0">
      {[...byTool].slice(0, MOST_CHIPS).map(([tool, its]) => (
        <li key={tool} className="max-w-full">
          <ToolChip tool={tool} calls={its} status={mostActive(its)} isCurrent={isCurrent} />
        </li>
      ))}
      {more > 0 && <li className="self-center text-xs text-text-2">and {counted(more, 'more tool')}</li>}
    </ul>
  )
}

function ToolChip({
  tool,
  calls,
  status,
  isCurrent,
}: {
  tool: string
  calls: readonly CallState[]
  status: StatusOfTool
  isCurrent: boolean
}) {
  const light = useSessionStore((session) => session.light)
  const isLit = useSessionStore(({ lit }) => isCurrent && calls.some(({ call }) => lit.includes(call)))
  const numbers = calls.map(({ call }) => call)
  const words = (
    <>
      <StatusDot status={status} className="scale-90" />
      <span className="min-w-0 truncate">{tool}</span>
      <span>×{calls.length}</span>
      <VisuallyHidden>, {statusWord(status)}</VisuallyHidden>
    </>
  )
  if (!isCurrent) return <span className={CHIP}>{words}</span>
  return (
    <button
      type="button"
      title={`${numbered(numbers, 12)}: ${statusWord(status)}`}
      className={cx(CHIP, 'hover:bg-surface-2', isLit && 'bg-surface-3')}
      onPointerEnter={() => light(numbers)}
      onPointerLeave={() => light(NOTHING_LIT)}
      onFocus={() => light(numbers)}
      onBlur={() => light(NOTHING_LIT)}
      onClick={() => openCall((calls.find((call) => call.status !== 'succeeded') ?? calls[0])?.call ?? 1)}
    >
      {words}
    </button>
  )
}

const CHIP =
  'inline-flex h-6 max-w-full items-center gap-1.5 rounded-md border border-line-strong px-2 font-mono text-[11.5px] text-text-2'

const MOST_FAULTS = 5

/** What went wrong, call by call, as sentences. Calls that were skipped for another's sake are told in one. */
function Faults({ calls }: { calls: readonly CallState[] }) {
  const failed = calls.filter((call) => call.status === 'failed')
  const skipped = calls.filter((call) => call.status === 'skipped')
  if (failed.length + skipped.length === 0) return null
  return (
    <ul className="m-0 flex list-none flex-col gap-1 p-0 text-xs leading-relaxed text-text-2">
      {failed.slice(0, MOST_FAULTS).map((call) => (
        <li key={call.call} className="flex gap-2">
          <StatusDot status="failed" className="mt-[5px]" />
          <span>
            <span className="font-mono text-text-1">
              #{call.call} {call.tool}
            </span>{' '}
            {callFault(call)}
          </span>
        </li>
      ))}
      {failed.length > MOST_FAULTS && <li>{counted(failed.length - MOST_FAULTS, 'more call')} failed.</li>}
      {skipped.length > 0 && (
        <li className="flex gap-2">
          <StatusDot status="skipped" className="mt-[5px]" />
          <span>
            <span className="font-mono text-text-1">{numbered(skipped.map((call) => call.call))}</span>{' '}
            {skipped.length === 1 ? 'was' : 'were'} skipped: what {skipped.length === 1 ? 'it needs' : 'they need'} did
            not succeed.
          </span>
        </li>
      )}
    </ul>
  )
}

/** One line on what goes on, while nothing else says it. */
function Working({ run }: { run: RunState }) {
  const running = run.calls.filter((call) => call.status === 'running').length
  const waiting = run.calls.filter((call) => call.status === 'waiting').length
  const turn = run.turns.at(-1)
  const words =
    running > 0
      ? `${counted(running, 'call')} running${waiting > 0 ? `, ${waiting} waiting` : ''}`
      : run.status === 'awaiting_approval'
        ? 'A call waits for approval'
        : turn && turn.messageFinishedAt === null && turn.text !== ''
          ? 'Writing'
          : 'Thinking'
  return (
    <p className="m-0 flex items-center gap-2 text-xs text-text-3">
      <StatusDot status="running" />
      {words}
    </p>
  )
}

/** How it ended: the answer where the turns did not show it, the reason where it failed, and the numbers. */
function Ending({ run, isCurrent }: { run: RunState; isCurrent: boolean }) {
  const { summary } = run
  const isSaid = run.output === null || run.turns.some((turn) => turn.text.trim() === run.output?.trim())
  const failed = summary ? summary.calls.failed : 0
  return (
    <>
      {!isSaid && run.output && <Prose text={run.output} />}
      {run.status === 'failed' && (
        <p className="m-0 rounded-md border border-failed/40 bg-failed/10 px-2.5 py-2 text-xs text-text-1">
          The run failed: {run.error?.message ?? 'no reason was given.'}
        </p>
      )}
      {run.status === 'cancelled' && <p className="m-0 text-xs text-text-2">Stopped before its end.</p>}
      {summary && (
        <p className="m-0 flex items-center text-2xs text-text-3">
          <span className="min-w-0 flex-1">
            {run.provider === 'simulated' && 'Simulated model · '}
            {counted(summary.calls.total, 'call')}
            {failed > 0 && `, ${failed} failed`} · {seconds(summary.elapsedMs)}
            {!isCurrent && (
              <>
                {' · '}
                <Link href={paths.run(run.id)} className="rounded-sm text-text-2 underline underline-offset-2">
                  Its timeline
                </Link>
              </>
            )}
          </span>
          <ExchangeMenu run={run} />
        </p>
      )}
    </>
  )
}
