/** Tells the readers of a run, in this process, that something new can be read. */
export interface Wakes {
  wake(runId: string): void
  subscribe(runId: string): Subscription
}

export interface Subscription {
  /** Resolves at the next wake-up (or at once, when one came since the last wait), after `ms`, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  close(): void
}

export function createWakes(): Wakes {
  const readers = new Map<string, Set<() => void>>()
  return {
    wake(runId) {
      for (const notify of readers.get(runId) ?? []) notify()
    },
    subscribe(runId) {
      let isWoken = false
      let resume: (() => void) | null = null
      const notify = () => {
        isWoken = true
        resume?.()
      }
      const ofRun = readers.get(runId) ?? new Set()
      readers.set(runId, ofRun.add(notify))
      return {
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
