/**
 * The order to stop so that one of a key with `waitingPlaces` places can begin, and when it may be stopped; null when none gives way. It is
 * one of a key that has more places than that, and of these the one whose time is over first.
 */
export function victimOf<Job>(
  running: readonly { job: Job; places: number; freeAt: number }[],
  waitingPlaces: number,
): { job: Job; freeAt: number } | null {
  const giving = running.filter(({ places }) => places > waitingPlaces)
  return giving.reduce<{ job: Job; freeAt: number } | null>(
    (first, one) => (first === null || one.freeAt < first.freeAt ? one : first),
    null,
  )
}
