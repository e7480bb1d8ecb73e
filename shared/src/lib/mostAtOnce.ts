/**
 * How many of these stretches of time lie over one another at most. At the same instant an end counts before a start: the one made place for
 * the other. A stretch that takes no time at all still was there.
 */
export function mostAtOnce(spans: readonly { from: number; to: number }[]): number {
  const steps = spans.flatMap(({ from, to }) => [
    { at: from, by: 1 },
    { at: to, by: -1 },
  ])
  steps.sort((one, other) => one.at - other.at || one.by - other.by)
  let running = 0
  let most = 0
  for (const step of steps) {
    running += step.by
    most = Math.max(most, running)
  }
  return Math.max(most, spans.length > 0 ? 1 : 0)
}
