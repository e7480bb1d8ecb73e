// How many runs one run may lead to. Each level of nesting multiplies: seven calls, four levels deep, are thousands of runs. Invariants:
// 1. All runs inside one outermost run count together, at whatever depth, those that ended included.
// 2. Of each depth only so many go on at once; others wait in order. A run waits for deeper ones alone, so none waits for itself.

/** As many as a large flow calls at most; what needs more is better one flow with a list. */
export const MOST_NESTED_RUNS = 1_000
/** Twice what one run does at once when nothing else is said. */
export const MOST_AT_ONCE = 64
/** Outermost runs that are remembered; one that was not heard of for so long has ended. */
const MOST_REMEMBERED = 1_000

export interface NestedRuns {
  /** Counts one more run inside an outermost one. False when it has led to as many as it may. */
  count(root: string): boolean
  /** Resolves with what gives the place free again; with null when the signal aborted first. */
  place(depth: number, signal: AbortSignal): Promise<(() => void) | null>
}

export function createNestedRuns(): NestedRuns {
  const counts = new Map<string, number>()
  const levels = new Map<number, { taken: number; waiting: Set<() => void> }>()

  return {
    count(root) {
      const count = (counts.get(root) ?? 0) + 1
      counts.delete(root)
      counts.set(root, Math.min(count, MOST_NESTED_RUNS))
      if (counts.size > MOST_REMEMBERED) counts.delete(counts.keys().next().value as string)
      return count <= MOST_NESTED_RUNS
    },
    place(depth, signal) {
      const level = levels.get(depth) ?? { taken: 0, waiting: new Set() }
      levels.set(depth, level)
      const leave = () => {
        const [next] = level.waiting
        if (next) next()
        else level.taken--
      }
      if (signal.aborted) return Promise.resolve(null)
      if (level.taken < MOST_AT_ONCE) {
        level.taken++
        return Promise.resolve(leave)
      }
      return new Promise((resolve) => {
        const end = (given: (() => void) | null) => {
          level.waiting.delete(enter)
          signal.removeEventListener('abort', stop)
          resolve(given)
        }
        const enter = () => end(leave)
        const stop = () => end(null)
        level.waiting.add(enter)
        signal.addEventListener('abort', stop, { once: true })
      })
    },
  }
}
