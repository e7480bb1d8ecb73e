import type { RunState } from '../run/state.ts'
import type { Agreement, CallScore } from './caseScore.ts'
import { hasArguments, matchCalls } from './matchCalls.ts'
import { type Expectations, needOf } from './testCase.ts'

/** How far the calls of a run are those of the case; null where the case does not say. */
export function scoreCalls(run: RunState, expected: Expectations): CallScore | null {
  const wanted = expected.calls
  if (wanted === undefined) return null
  const named = matchCalls(run, expected, { by: 'name' })
  const exact = matchCalls(run, expected, { by: 'call' })
  const matched = new Set(exact.of)
  const bans = wanted.filter((one) => needOf(one) === 'forbidden')
  const unmatched = exact.made.filter((_call, at) => exact.of[at] === null)
  const isBanned = (call: (typeof unmatched)[number]) =>
    bans.some((ban) => ban.tool === call.tool && hasArguments(call, ban, expected.texts ?? 'exact'))
  return {
    byName: agreement(named.of, expected),
    byCall: agreement(exact.of, expected),
    skipped: wanted.flatMap((one, at) => (needOf(one) === 'required' && !matched.has(at) ? [at] : [])),
    extra: unmatched.map(({ call }) => call),
    forbidden: unmatched.filter(isBanned).map(({ call }) => call),
  }
}

/** Optional calls that were made are right, and are missed by no one when they were not. */
function agreement(of: readonly (number | null)[], { calls: wanted = [] }: Expectations): Agreement {
  const right = of.filter((one) => one !== null)
  const required = wanted.filter((one) => needOf(one) === 'required').length
  const found = right.filter((one) => needOf(wanted[one] as (typeof wanted)[number]) === 'required').length
  const recall = required === 0 ? 1 : found / required
  const precision = of.length === 0 ? (required === 0 ? 1 : 0) : right.length / of.length
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

export const NO_AGREEMENT: Agreement = { precision: 0, recall: 0, f1: 0 }
