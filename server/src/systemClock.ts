import type { Clock } from './engine/ports.ts'

/** The process's own time. Timers keep the process alive, since runs wait on them. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
