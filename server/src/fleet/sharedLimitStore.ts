import type { SharedLimits } from '../limits/limitStore.ts'
import { createPlaceLocks } from '../store/placeLocks.ts'
import { giveBackStart, reserveStart } from '../store/rateWindows.ts'
import type { SharedStore } from '../store/sharedStore.ts'

// Limits over all servers that share a store. Invariants:
// 1. What is taken stands in the database (see `placeLocks`, `rateWindows`). When the session of the places breaks, what goes on here keeps
//    running, and its places are asked for again.
// 2. News may get lost: who waits asks again by itself.

export interface SharedLimitStore extends SharedLimits {
  close(): Promise<void>
}

const ASK_AGAIN_MS = 250
/** A server that gave a place back lets the others have it first for so long, when they said that they wait. */
const YIELD_MS = 30
/** What another server said about waiting is taken to hold for so long. */
const WAITS_MS = 1_000
const SAY_WAITING_MS = 500

export function createSharedLimitStore({
  url,
  store: { database, announce, onAnnouncement },
  onFault,
}: {
  url: string
  store: Pick<SharedStore, 'database' | 'announce' | 'onAnnouncement'>
  onFault(fault: unknown): void
}): SharedLimitStore {
  const locks = createPlaceLocks(url, { onFault })
  let tellFree: (key: string) => void = () => {}
  let tellPaused: (key: string, ms: number) => void = () => {}
  /** By key: since when others wait, when we last said that we do, until when we yield. */
  const news = new Map<string, { othersWaitAt: number; saidAt: number; yieldUntil: number }>()
  const timers = new Map<string, NodeJS.Timeout>()
  const now = () => performance.now()

  const newsOf = (key: string) => {
    const known = news.get(key) ?? { othersWaitAt: -WAITS_MS, saidAt: -SAY_WAITING_MS, yieldUntil: 0 }
    news.set(key, known)
    return known
  }
  const say = (said: Parameters<typeof announce>[0]) => void announce(said).catch(onFault)
  const askAgainIn = (key: string, ms: number) => {
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key)
        tellFree(key)
      }, ms),
    )
  }
  onAnnouncement(({ topic, of: key, ms = 0 }) => {
    if (topic === 'place wanted') newsOf(key).othersWaitAt = now()
    if (topic === 'place free') tellFree(key)
    if (topic === 'pause') tellPaused(key, ms)
  })

  const full = (key: string, ms: number) => {
    const about = newsOf(key)
    if (now() - about.saidAt >= SAY_WAITING_MS) {
      about.saidAt = now()
      say({ topic: 'place wanted', of: key })
    }
    askAgainIn(key, ms)
    return null
  }

  return {
    async tryPlace(key, most) {
      const yielding = newsOf(key).yieldUntil - now()
      if (yielding > 0) return full(key, yielding)
      const place = await locks.take(key, most)
      if (place === null) return full(key, ASK_AGAIN_MS)
      return {
        delayMs: 0,
        async giveBack() {
          await locks.giveBack(key, place)
          const about = newsOf(key)
          if (now() - about.othersWaitAt >= WAITS_MS) return tellFree(key)
          about.yieldUntil = now() + YIELD_MS
          say({ topic: 'place free', of: key })
          askAgainIn(key, YIELD_MS)
        },
      }
    },
    async reserveStart(key, rate) {
      try {
        const { at, delay } = await reserveStart(database, key, rate)
        return {
          delayMs: Math.max(0, delay),
          giveBack() {
            giveBackStart(database, key, at).catch(onFault)
          },
        }
      } catch (fault) {
        onFault(fault)
        askAgainIn(key, ASK_AGAIN_MS)
        return null
      }
    },
    tellPause: (key, ms) => say({ topic: 'pause', of: key, ms }),
    onFree(callback) {
      tellFree = callback
    },
    onPause(callback) {
      tellPaused = callback
    },
    async close() {
      for (const timer of timers.values()) clearTimeout(timer)
      await locks.close()
    },
  }
}
