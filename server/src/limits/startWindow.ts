/** So many may begin in any `perMs` milliseconds. */
export interface Rate {
  limit: number
  perMs: number
}

/**
 * When the next one may begin: `starts` are the times of those before it, ascending, at least the last `limit` of them. In no stretch of `perMs`
 * milliseconds begin more than `limit`, and as many as that may begin together: a bucket that fills up evenly would let nearly twice as many
 * through, and a fixed window, too.
 */
export function nextStart(starts: readonly number[], { limit, perMs }: Rate, now: number): number {
  const last = starts.at(-1) ?? now
  const oldest = starts.at(-limit)
  return Math.max(now, last, oldest === undefined ? now : oldest + perMs)
}
