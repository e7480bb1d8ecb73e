import type { CallState } from '@volley/shared/run/state.ts'

/** So many stand beside a tool's name; more stand closer, in a field of their own. */
export const MOST_ROOMY = 18
/** So many are drawn at all. */
export const MOST_DRAWN = 208

/**
 * The calls of a tool that are drawn as pips, in number order, and those that are not. Where there are too many, calls that ended well
 * are left out first, the earliest first: what failed, and what still goes on, stays in sight.
 */
export function drawnPips(calls: readonly CallState[], most = MOST_DRAWN): { drawn: CallState[]; left: CallState[] } {
  const isDull = ({ status }: CallState) => status === 'succeeded'
  const order = [...calls.filter(isDull), ...calls.filter((call) => !isDull(call))]
  const left = new Set(order.slice(0, Math.max(0, calls.length - most)))
  return { drawn: calls.filter((call) => !left.has(call)), left: calls.filter((call) => left.has(call)) }
}
