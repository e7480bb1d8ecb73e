// Which of the released calls may run now. Invariants:
// 1. Never more at once than the run's and each tool's concurrency; never two of one exclusive key. A parked call, which waits for something
//    outside, takes no place of the run, but keeps that of its tool and its key.
// 2. A place that is free is never left empty while a call that fits waits for it.
// 3. Of those that fit: the longest expected way to the end of the turn first, then the lower number; among calls of one exclusive
//    key always the lower number.

export interface GateCall {
  call: number
  tool: string
  /** At most so many calls of the tool at once. */
  toolConcurrency: number
  /** Calls with the same key run one at a time. */
  exclusive: string | null
  /** The longest expected way from this call to the end of the turn, in milliseconds. */
  rank: number
}

export interface Gate {
  /** A call is ready. */
  add(call: GateCall): void
  /** Takes a ready call back. */
  remove(call: number): void
  /** What is expected has changed: the ready calls get their ranks anew. */
  rerank(rankOf: (call: number) => number): void
  /** A running call ended and frees its places. */
  free(call: number): void
  /** An admitted call cannot run yet for a reason outside: others have its place in the run meanwhile. */
  park(call: number): void
  /** It can: it is admitted again, before all others, once there is a place in the run. */
  unpark(call: number): void
  /** The calls that start now, or go on where they were parked; they hold their places until freed. */
  admit(): number[]
}

export function createGate(concurrency: number): Gate {
  const ready: GateCall[] = []
  const running = new Map<number, GateCall>()
  const runningOf = new Map<string, number>()
  const busyKeys = new Set<string>()
  const parked = new Set<number>()
  const returning = new Set<number>()

  const fits = (call: GateCall) =>
    (runningOf.get(call.tool) ?? 0) < call.toolConcurrency &&
    (call.exclusive === null || (!busyKeys.has(call.exclusive) && isFirstOfKey(call)))
  const isFirstOfKey = (call: GateCall) =>
    !ready.some((other) => other.exclusive === call.exclusive && other.call < call.call)

  return {
    add: (call) => {
      ready.splice(placeFor(ready, call), 0, { ...call })
    },
    remove: (number) => {
      const at = ready.findIndex((call) => call.call === number)
      if (at >= 0) ready.splice(at, 1)
    },
    rerank: (rank) => {
      for (const call of ready) call.rank = rank(call.call)
      ready.sort((one, other) => other.rank - one.rank || one.call - other.call)
    },
    free: (number) => {
      const call = running.get(number)
      if (!call) return
      running.delete(number)
      parked.delete(number)
      returning.delete(number)
      runningOf.set(call.tool, (runningOf.get(call.tool) ?? 1) - 1)
      if (call.exclusive !== null) busyKeys.delete(call.exclusive)
    },
    park: (number) => {
      if (running.has(number)) parked.add(number)
    },
    unpark: (number) => {
      if (parked.has(number)) returning.add(number)
    },
    admit: () => {
      const admitted: number[] = []
      const isRoom = () => running.size - parked.size < concurrency
      for (const number of returning) {
        if (!isRoom()) break
        returning.delete(number)
        parked.delete(number)
        admitted.push(number)
      }
      for (let at = 0; at < ready.length && isRoom(); ) {
        const call = ready[at] as GateCall
        if (!fits(call)) {
          at++
          continue
        }
        ready.splice(at, 1)
        running.set(call.call, call)
        runningOf.set(call.tool, (runningOf.get(call.tool) ?? 0) + 1)
        if (call.exclusive !== null) {
          busyKeys.add(call.exclusive)
        }
        admitted.push(call.call)
      }
      return admitted
    },
  }
}

/** Where a call stands in the list that is kept in order of rank, then number (binary search). */
function placeFor(ready: readonly GateCall[], call: GateCall): number {
  let low = 0
  let high = ready.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = ready[middle] as GateCall
    if (other.rank > call.rank || (other.rank === call.rank && other.call < call.call)) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The longest expected way from a call to the end of the turn: its own expected duration and the longest way among its dependents.
 * Reads each call once; `ranks` keeps what is known.
 */
export function rankOf(
  call: number,
  dependentsOf: (call: number) => readonly number[],
  expectedMs: (call: number) => number,
  ranks: Map<number, number>,
): number {
  const path = [call]
  while (path.length > 0) {
    const current = path[path.length - 1] as number
    const dependents = ranks.has(current) ? [] : dependentsOf(current)
    const open = dependents.filter((dependent) => !ranks.has(dependent))
    if (open.length > 0) {
      path.push(...open)
      continue
    }
    path.pop()
    if (!ranks.has(current)) {
      const longest = dependents.reduce((most, dependent) => Math.max(most, ranks.get(dependent) ?? 0), 0)
      ranks.set(current, expectedMs(current) + longest)
    }
  }
  return ranks.get(call) as number
}
