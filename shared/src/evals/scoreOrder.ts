import type { CallState } from '../run/state.ts'
import { predecessorsOf } from './expectedOrder.ts'
import type { CallMatch } from './matchCalls.ts'
import type { ExpectedCall } from './testCase.ts'

/**
 * Of all pairs of expected calls that stand in an order, directly or by way of others, and were both made: how many came in it, from 0 to
 * 1. Null without such pairs. What stands in no order is not looked at, so every order that the case allows scores 1.
 */
export function scoreOrder(match: CallMatch, wanted: readonly ExpectedCall[]): number | null {
  const callFor = callsByPlace(match)
  let pairs = 0
  let kept = 0
  for (const [at, before] of predecessorsOf(wanted).entries()) {
    const later = callFor.get(at)
    if (!later) continue
    for (const place of before) {
      const earlier = callFor.get(place)
      if (!earlier) continue
      pairs++
      if (cameBefore(earlier, later)) kept++
    }
  }
  return pairs === 0 ? null : kept / pairs
}

/** The call that stands for each expected one, by place in the case. */
export function callsByPlace({ made, of }: CallMatch): Map<number, CallState> {
  return new Map(made.flatMap((call, at) => (typeof of[at] === 'number' ? [[of[at], call] as const] : [])))
}

/** Whether the one had ended when the other began; for calls that never ran, whether it was made first. */
export function cameBefore(earlier: CallState, later: CallState): boolean {
  if (earlier.finishedAt === null || later.startedAt === null) return earlier.call < later.call
  return earlier.finishedAt <= later.startedAt
}
