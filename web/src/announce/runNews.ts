import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { counted } from '../trace/format.ts'
import { callFault, endSentence } from '../trace/words.ts'

const MOST_NAMED = 2

/**
 * What happened in a run since it was last spoken of, in few words: calls that began by tool, what failed by name as long as it is
 * little, who waits for a person, and the end. Of a run that ended, only what went wrong and the end.
 */
export function runNews(told: RunState | null, run: RunState | null): string {
  if (!run || run.lastSeq === 0) return ''
  const before = told?.id === run.id && told.lastSeq > 0 ? told : null
  if (before?.summary) return ''
  const wasIn = (call: CallState, holds: (call: CallState) => boolean) => {
    const earlier = before?.calls[call.call - 1]
    return earlier !== undefined && holds(earlier)
  }
  const newly = (holds: (call: CallState) => boolean) => run.calls.filter((call) => holds(call) && !wasIn(call, holds))
  const failed = newly((call) => call.status === 'failed')
  if (run.summary) return [before ? faultWords(failed) : '', endSentence(run)].filter(Boolean).join(' ')
  const parts = [
    before ? '' : 'Run started.',
    startWords(newly((call) => call.startedAt !== null)),
    faultWords(failed),
    ...newly((call) => call.status === 'awaiting_approval').map((call) => `${nameOf(call)} waits for your approval.`),
  ]
  return parts.filter(Boolean).join(' ')
}

/** `3 calls of geocode and 1 call of exchange_rate started.` */
function startWords(calls: readonly CallState[]): string {
  if (calls.length === 0) return ''
  const byTool = [...Map.groupBy(calls, (call) => call.tool)]
  if (byTool.length > 3) return `${counted(calls.length, 'call')} of ${byTool.length} tools started.`
  const words = byTool.map(([tool, its]) => `${counted(its.length, 'call')} of ${tool}`)
  return `${words.join(' and ')} started.`
}

function faultWords(calls: readonly CallState[]): string {
  if (calls.length > MOST_NAMED) return `${counted(calls.length, 'call')} failed.`
  return calls.map((call) => `${nameOf(call)} ${callFault(call)}`).join(' ')
}

const nameOf = ({ tool, call }: CallState) => `${tool} #${call}`
