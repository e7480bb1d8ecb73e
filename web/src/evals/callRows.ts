import { predecessorsOf } from '@volley/shared/evals/expectedOrder.ts'
import { matchCalls } from '@volley/shared/evals/matchCalls.ts'
import { callsByPlace, cameBefore } from '@volley/shared/evals/scoreOrder.ts'
import { type Expectations, type ExpectedCall, needOf } from '@volley/shared/evals/testCase.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'

/**
 * `right`: made as expected. `early`: made, but begun before one that it must follow had ended. `missing`: required and not made.
 * `unused`: optional and not made. `extra`: made, and nobody expected it.
 */
export type CallRow =
  | { is: 'right' | 'early'; expected: ExpectedCall; made: CallState }
  | { is: 'missing' | 'unused'; expected: ExpectedCall }
  | { is: 'extra'; made: CallState }

/** The expected calls, each with the call that stands for it; then the calls that stand for none. Forbidden ones are no rows of their own. */
export function callRows(expected: Expectations, run: RunState): CallRow[] {
  const match = matchCalls(run, expected, { by: 'call' })
  const callFor = callsByPlace(match)
  const before = predecessorsOf(expected.calls ?? [])
  const isEarly = (call: CallState, at: number) =>
    [...(before[at] ?? [])].some((place) => {
      const earlier = callFor.get(place)
      return earlier !== undefined && !cameBefore(earlier, call)
    })
  const wanted = (expected.calls ?? []).flatMap((one, at): CallRow[] => {
    const made = callFor.get(at)
    if (made) return [{ is: isEarly(made, at) ? 'early' : 'right', expected: one, made }]
    if (needOf(one) === 'forbidden') return []
    return [{ is: needOf(one) === 'required' ? 'missing' : 'unused', expected: one }]
  })
  const extra = match.made.flatMap((made, at): CallRow[] => (match.of[at] === null ? [{ is: 'extra', made }] : []))
  return [...wanted, ...extra]
}

/** The arguments that count as right, in a line: `port: Oslo or Bergen, days: any`. */
export function expectedArguments({ arguments: wanted }: ExpectedCall): string {
  if (wanted === undefined) return 'any arguments'
  const told = Object.entries(wanted).map(([name, accepted]) => {
    const values = accepted.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    return `${name}: ${values.length === 0 ? 'any' : values.join(' or ')}`
  })
  return told.length === 0 ? 'no arguments' : told.join(', ')
}
