import type { Clock } from '../engine/ports.ts'

/** A clock that stands still until it is turned by hand. */
export interface ManualClock extends Clock {
  /** Lets all work settle, then jumps from timer to timer until none is left or `until` has come. Gives the time. */
  run(until?: number): Promise<number>
}

export function manualClock(): ManualClock {
  let now = 0
  let made = 0
  const timers = new Map<number, { at: number; callback: () => void }>()
  return {
    now: () => now,
    after(ms, callback) {
      const id = ++made
      timers.set(id, { at: now + Math.max(0, ms), callback })
      return () => timers.delete(id)
    },
    async run(until = Number.POSITIVE_INFINITY) {
      for (;;) {
        await settle()
        const [next] = [...timers].sort(([a, one], [b, other]) => one.at - other.at || a - b)
        if (!next || next[1].at > until) break
        now = next[1].at
        // Timers of one instant follow each other as they do in life: with nothing but promises in between.
        for (const [id, timer] of [...timers].sort(([a], [b]) => a - b)) {
          if (timer.at > now || !timers.delete(id)) continue
          timer.callback()
          await Promise.resolve()
        }
      }
      if (Number.isFinite(until)) now = Math.max(now, until)
      return now
    },
  }
}

/** Every promise that can go on without time passing has gone on. */
async function settle() {
  for (let round = 0; round < 3; round++) await new Promise<void>((resolve) => setImmediate(resolve))
}
