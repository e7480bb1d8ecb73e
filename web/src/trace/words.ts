import { heldWords } from '@volley/shared/run/heldBy.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { isTerminal } from '@volley/shared/run/statuses.ts'
import type { Hold } from '@volley/shared/trace/holds.ts'
import type { ModelRow } from '@volley/shared/trace/spans.ts'
import type { WaitSpan } from '@volley/shared/trace/waiting.ts'
import { counted, numbered, seconds } from './format.ts'

// What is said of calls, turns and runs, in one place.

/** What stands in a call's bar: what is remarkable about it, or nothing. */
export function barWords(call: CallState): string {
  switch (call.status) {
    case 'running':
      return call.attempts.length > 1 ? `running, try ${call.attempts.length}` : 'running'
    case 'failed':
      return `${codeWords(call.error?.code ?? 'failed')}${retried(call)}`
    case 'skipped':
      return call.error?.call ? `skipped: #${call.error.call} did not succeed` : 'skipped'
    case 'cancelled':
      return 'cancelled'
    case 'waiting':
      return `waits for ${numbered(call.outstanding)}`
    case 'awaiting_approval':
      return 'waits for approval'
    case 'ready':
      return 'ready'
    case 'succeeded':
      return succeededWords(call)
  }
}

/** Why a call does not run yet, at length and shorter. `hold` is the limit that keeps it in line for a place. */
export function waitWords(why: WaitSpan['why'], call: CallState, hold?: Hold): string[] {
  switch (why) {
    case 'calls': {
      const calls = call.outstanding.length > 0 ? call.outstanding : call.waitsFor
      return [calls.length > 0 ? `waits for ${numbered(calls)}` : 'waits', 'waits']
    }
    case 'message':
      return ['waits for the end of the message', 'waits for message', 'message']
    case 'approval':
      return ['waits for approval', 'approval']
    case 'place': {
      const words = commonHold(call) ?? (hold && holdWords(hold, call))
      return [...(words ? [`queued: ${words}`] : []), 'queued']
    }
  }
}

/** The limit over all runs that last kept a call in line; null where none did. */
export function commonHold(call: CallState): string | null {
  const last = call.heldBy?.at(-1)
  return last ? heldWords(last.limit) : null
}

/** The limit that was full: `2 of get_forecast at once`. */
function holdWords({ by, most, key }: Hold, call: CallState): string {
  if (by === 'key') return `one at a time for ${key}`
  return by === 'tool' ? `${most} of ${call.tool} at once` : `${counted(most, 'call')} at once`
}

function succeededWords(call: CallState): string {
  if (call.coalescedWith !== undefined) return `same as #${call.coalescedWith}`
  if (call.adoptedFrom !== undefined) return `result of #${call.adoptedFrom} taken over`
  const waited = call.waitsFor.length > 0 ? `waited for ${numbered(call.waitsFor)}` : ''
  const early = call.eager ? 'started while the model still wrote' : ''
  return [waited, early].filter(Boolean).join(', ') + (waited || early ? retried(call) : retried(call).slice(2))
}

function retried(call: CallState): string {
  const again = call.attempts.length - 1
  if (again <= 0) return ''
  return again === 1 ? ', retried once' : `, retried ${again} times`
}

/** A problem's code as people read it: `invalid_arguments` gives "invalid arguments". */
export const codeWords = (code: string): string => code.replaceAll('_', ' ')

/** What stands in a turn's bar. */
export function modelWords(row: ModelRow): string {
  if (row.heldBy) return `queued: ${heldWords(row.heldBy)}`
  const doing = row.span.to === null
  const tries = row.pauses.length
  const again = tries > 0 ? `, asked ${tries === 1 ? 'again' : `${tries} times more`}` : ''
  if (row.calls > 0) return `${doing ? 'planning, ' : 'planned '}${counted(row.calls, 'call')}${again}`
  return `${row.hasText ? (doing ? 'answering' : 'answered') : doing ? 'thinking' : 'said nothing'}${again}`
}

/** Why a call brought no result, as a sentence; null while there is nothing to say. */
export function callFault(call: CallState): string | null {
  if (!call.error || call.status === 'succeeded') return null
  const tries = call.attempts.length > 1 ? ` after ${call.attempts.length} tries` : ''
  const message = call.error.message.replace(/[.\s]+$/, '')
  switch (call.status) {
    case 'failed':
      return `failed${tries}: ${message}.`
    case 'skipped':
      return `was skipped: ${message}.`
    case 'cancelled':
      return `was cancelled: ${message}.`
    default:
      return `is tried again: ${message}.`
  }
}

/** Where in its time a run is looked at, and what goes on there: `0.42 s: 2 running, 1 waiting, 3 ended`. */
export function momentWords(run: RunState | null, at: number | null): string {
  if (!run) return ''
  const count = (holds: (call: CallState) => boolean) => run.calls.filter(holds).length
  const parts = [
    [count(({ status }) => status === 'running'), 'running'],
    [count(({ status }) => status === 'waiting' || status === 'ready' || status === 'awaiting_approval'), 'waiting'],
    [count(({ status }) => isTerminal(status)), 'ended'],
  ] as const
  const calls = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`)
  const when = at !== null ? seconds(at) : run.summary ? `the end, ${seconds(run.at)}` : 'now'
  return `${when}: ${calls.length > 0 ? calls.join(', ') : 'no calls yet'}`
}

/** What ended, for those who listen: how the run ended, how many calls came out how, and how long it took. */
export function endSentence(run: RunState): string {
  if (!run.summary) return ''
  const { calls, elapsedMs } = run.summary
  const parts = [
    `${counted(calls.succeeded, 'call')} succeeded`,
    calls.failed > 0 ? `${calls.failed} failed` : '',
    calls.skipped > 0 ? `${calls.skipped} skipped` : '',
    calls.cancelled > 0 ? `${calls.cancelled} cancelled` : '',
  ].filter(Boolean)
  const how = { succeeded: 'Run finished', failed: 'Run failed', cancelled: 'Run stopped' }
  const head = run.status in how ? how[run.status as keyof typeof how] : 'Run ended'
  return `${head} after ${seconds(elapsedMs)}: ${parts.join(', ')}.`
}
