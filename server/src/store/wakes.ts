import type { RunEvent } from '@volley/shared/run/events.ts'

/** Tells the readers of a run, in this process, that something new can be read, and hands them what it is. */
export interface Wakes {
  /** Whoever waits for anything looks again. */
  wakeAll(): void
  /** `events` are stored by now, in order. */
  wake(runId: string, events: readonly RunEvent[]): void
  subscribe(runId: string): Subscription
}

export interface Subscription {
  /**
   * The events that became readable since the last time, in order; null when there were more than are kept for a slow reader, who then
   * reads them from the store.
   */
  take(): RunEvent[] | null
  /** Resolves at the next wake-up (or at once, when one came since the last wait), after `ms`, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  close(): void
}

/** What is kept for a reader who does not take it. */
const MOST_KEPT = 1000

export function createWakes(): Wakes {
  const readers = new Map<string, Set<(events: readonly RunEvent[]) => void>>()
  return {
    wakeAll() {
      for (const ofRun of readers.values()) for (const notify of ofRun) notify([])
    },
    wake(runId, events) {
      for (const notify of readers.get(runId) ?? []) notify(events)
    },
    subscribe(runId) {
      let isWoken = false
      let kept: RunEvent[] | null = []
      let resume: (() => void) | null = null
      const notify = (events: readonly RunEvent[]) => {
        if (kept && kept.length + events.length <= MOST_KEPT) kept.push(...events)
        else kept = null
        isWoken = true
        resume?.()
      }
      const ofRun = readers.get(runId) ?? new Set()
      readers.set(runId, ofRun.add(notify))
      return {
        take() {
          const taken = kept
          kept = []
          return taken
        },
        async wait(ms, signal) {
          if (!isWoken && !signal.aborted)
            await new Promise<void>((resolve) => {
              const end = () => {
                clearTimeout(timer)
                signal.removeEventListener('abort', end)
                resume = null
                resolve()
              }
              const timer = setTimeout(end, ms)
              signal.addEventListener('abort', end)
              resume = end
            })
          isWoken = false
        },
        close() {
          ofRun.delete(notify)
          if (ofRun.size === 0 && readers.get(runId) === ofRun) readers.delete(runId)
        },
      }
    },
  }
}
