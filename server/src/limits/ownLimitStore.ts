import type { LimitStore } from './limitStore.ts'
import { nextStart } from './startWindow.ts'

/** From so many windows on, those that are over are thrown away. */
const MANY = 1_000

/** The state of limits that this process alone has. `now` is milliseconds on a clock that never goes back. */
export function createOwnLimitStore({ now }: { now(): number }): LimitStore {
  const taken = new Map<string, number>()
  const windows = new Map<string, { starts: number[]; perMs: number }>()
  let onFree: (key: string) => void = () => {}

  const sweep = () => {
    if (windows.size < MANY) return
    for (const [key, { starts, perMs }] of windows) if ((starts.at(-1) ?? 0) + perMs < now()) windows.delete(key)
  }

  return {
    async tryPlace(key, most) {
      const count = taken.get(key) ?? 0
      if (count >= most) return null
      taken.set(key, count + 1)
      return {
        delayMs: 0,
        giveBack() {
          const left = (taken.get(key) ?? 1) - 1
          if (left > 0) taken.set(key, left)
          else taken.delete(key)
          onFree(key)
        },
      }
    },
    async reserveStart(key, rate) {
      sweep()
      const { starts } = windows.get(key) ?? { starts: [] }
      const at = nextStart(starts, rate, now())
      windows.set(key, { starts: [...starts, at].slice(-rate.limit), perMs: rate.perMs })
      return {
        delayMs: at - now(),
        giveBack() {
          const window = windows.get(key)
          if (window) window.starts = window.starts.filter((start) => start !== at)
        },
      }
    },
    onFree(callback) {
      onFree = callback
    },
  }
}
