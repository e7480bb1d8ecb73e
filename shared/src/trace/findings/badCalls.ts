import type { CallProblemCode } from '../../run/problem.ts'
import type { CallState } from '../../run/state.ts'
import { modelMsOf } from '../criticalPath.ts'
import type { Finding } from './finding.ts'
import { argumentsOf, type TraceFacts } from './traceFacts.ts'
import { tokenCount } from './words.ts'

/** The calls that ended with one of these problems, by tool. */
export function endedWith({ run }: TraceFacts, codes: readonly CallProblemCode[]): [string, CallState[]][] {
  return [
    ...Map.groupBy(
      run.calls.filter((call) => call.error && codes.includes(call.error.code)),
      (call) => call.tool,
    ),
  ]
}

/** A call that never ran costs the tokens it took, and the message in which the model tries again. */
export function costOfBadCalls(
  calls: readonly CallState[],
  { run }: TraceFacts,
): Pick<Finding, 'calls' | 'costMs' | 'savesMs' | 'lostTokens'> {
  const again = new Set(calls.map((call) => call.turn + 1))
  const extra = run.turns.filter((turn) => again.has(turn.turn) && turn.calls.length > 0)
  return {
    calls: calls.map((call) => call.call),
    costMs: Math.round(extra.reduce((sum, turn) => sum + modelMsOf(run, turn), 0)),
    savesMs: 0,
    lostTokens: calls.reduce(
      (sum, call) => sum + tokenCount(argumentsOf(call)) + tokenCount(call.error?.message ?? ''),
      0,
    ),
  }
}
