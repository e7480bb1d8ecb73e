import type { Clock, Progress } from './ports.ts'

const PAUSE_MS = 100

/**
 * Passes on what a running attempt tells of itself, at most ten times a second: the first at once, then the latest of each part when the
 * time has come. Nothing is told after `stop`.
 */
export function createProgress(clock: Pick<Clock, 'after'>, tell: (progress: Progress) => void) {
  let latest: Progress | null = null
  let cancelPause: (() => void) | null = null
  let isStopped = false
  const go = () => {
    cancelPause = null
    if (latest === null) return
    const told = latest
    latest = null
    tell(told)
    cancelPause = clock.after(PAUSE_MS, go)
  }
  return {
    report(progress: Progress) {
      if (isStopped) return
      latest = { ...latest, ...progress }
      if (!cancelPause) go()
    },
    stop() {
      isStopped = true
      cancelPause?.()
    },
  }
}
