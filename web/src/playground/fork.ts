import type { Fork } from '@volley/shared/api.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'

// What of a run can be kept when it is forked, and what was edited. Pure.

/** The turns after which a run can go another way: those that ended and asked for calls. */
export const forkableTurns = ({ turns }: RunState): number[] =>
  turns.filter((turn) => turn.finishedAt !== null && turn.calls.length > 0).map(({ turn }) => turn)

/** A call's result as it is edited: JSON, indented; nothing where there is none. */
export const resultText = ({ status, result }: CallState): string =>
  status === 'succeeded' ? JSON.stringify(result, null, 2) : ''

/** The results that were changed, as they are sent; or which text is no JSON. What was emptied, or is as it was, is left alone. */
export function editedResults(
  calls: readonly CallState[],
  texts: Readonly<Record<number, string>>,
): Result<NonNullable<Fork['results']>, string> {
  const results: NonNullable<Fork['results']> = []
  for (const call of calls) {
    const text = texts[call.call]
    if (text === undefined || text.trim() === '' || text === resultText(call)) continue
    try {
      results.push({ call: call.call, result: JSON.parse(text) })
    } catch {
      return err(`The result of call #${call.call} is no JSON. A text stands in quotes: "like this".`)
    }
  }
  return ok(results)
}
