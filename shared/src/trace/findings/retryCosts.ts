import { policyOf } from '../../flow/defaults.ts'
import type { CallState } from '../../run/state.ts'
import type { Cure } from './cure.ts'
import type { Finding } from './finding.ts'
import type { TraceFacts } from './traceFacts.ts'
import { numbered, seconds } from './words.ts'

/** Attempts that failed and the pauses after them. */
export function retryCosts(facts: TraceFacts): Finding[] {
  const retried = facts.run.calls.filter((call) => call.attempts.length > 1)
  return [...Map.groupBy(retried, (call) => call.tool)].map(([tool, calls]) => {
    const numbers = calls.map((call) => call.call)
    const spentMs = Math.round(calls.reduce((sum, call) => sum + lostMs(call), 0))
    const durations = new Map(calls.map((call) => [call.call, (call.durationMs ?? 0) - lostMs(call)]))
    const savesMs = Math.round(facts.gain({ durations }))
    const reasons = [
      ...new Set(calls.flatMap((call) => call.attempts.flatMap(({ error }) => (error ? [error.code] : [])))),
    ]
    const failed = calls.filter((call) => call.status === 'failed').length
    return {
      code: 'retry_cost',
      message: `${tool} ${numbered(numbers)} took ${calls.reduce((sum, call) => sum + call.attempts.length, 0)} attempts (${reasons.join(', ')}); ${failed === 0 ? 'in the end all succeeded' : `${failed} failed all the same`}.`,
      calls: numbers,
      costMs: spentMs,
      savesMs,
      lostTokens: 0,
      advice: reasons.includes('timeout')
        ? `Give ${tool} the time it needs, or less if a slow answer is never a good one: ${seconds(spentMs)} went into attempts that came to nothing.`
        : `Look at why ${tool} fails at first: ${seconds(spentMs)} went into attempts that came to nothing. A lower concurrency helps where it is overloaded.`,
      evidence: { attempts: calls.map((call) => ({ call: call.call, attempts: call.attempts.length })), reasons },
      ...(failed === 0 && reasons.every((reason) => reason === 'timeout') ? longerLimit(tool, facts) : {}),
    }
  })
}

const MOST_TIMEOUT_MS = 86_400_000

/** Twice the time for an attempt, where time was all that was missing in the end. */
function longerLimit(name: string, { tools }: TraceFacts): { cure?: Cure } {
  const tool = tools.get(name)
  const value = tool ? Math.min(2 * policyOf(tool).timeoutMs, MOST_TIMEOUT_MS) : 0
  return tool && value > policyOf(tool).timeoutMs
    ? { cure: { change: 'raise_policy', tool: name, policy: 'timeoutMs', value } }
    : {}
}

/** From the first attempt's start to the last one's: all of it was in vain. */
function lostMs(call: CallState): number {
  const [first, last] = [call.attempts[0], call.attempts.at(-1)]
  return first && last ? last.startedAt - first.startedAt : 0
}
