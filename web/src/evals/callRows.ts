import { matchCalls } from '@volley/shared/evals/matchCalls.ts'
import { type Expectations, type ExpectedCall, needOf } from '@volley/shared/evals/testCase.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'

/** `right`: made as expected. `missing`: required and not made. `unused`: optional and not made. `extra`: made, and nobody expected it. */
export type CallRow =
  | { is: 'right'; expected: ExpectedCall; made: CallState }
  | { is: 'missing' | 'unused'; expected: ExpectedCall }
  | { is: 'extra'; made: CallState }

/** The expected calls, each with the call that stands for it; then the calls that stand for none. Forbidden ones are no rows of their own. */
export function callRows(expected: Expectations, run: RunState): CallRow[] {
  const { made, of } = matchCalls(run, expected, { by: 'call' })
  const wanted = (expected.calls ?? []).flatMap((one, at): CallRow[] => {
    const call = made[of.indexOf(at)]
    if (call) return [{ is: 'right', expected: one, made: call }]
    if (needOf(one) === 'forbidden') return []
    return [{ is: needOf(one) === 'required' ? 'missing' : 'unused', expected: one }]
  })
  return [...wanted, ...made.flatMap((call, at): CallRow[] => (of[at] === null ? [{ is: 'extra', made: call }] : []))]
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
