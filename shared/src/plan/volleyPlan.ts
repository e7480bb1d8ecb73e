import type { PlanGraph } from './planGraph.ts'
import { canGrow, type Turn, type VolleyCall, type Wait, waitsOf } from './waits.ts'

// Invariants
// 1. A call is released only when everything it waits for has ended, and what it waits for can no longer grow.
// 2. A call is skipped at the first end that forbids it, naming the call that failed first in that line.
// 3. Every call leaves the plan exactly once: released, skipped, or settled before either.
// 4. The plan knows no time and no limits: given the same calls and ends it gives the same moves.

export type Ending = { is: 'succeeded' } | { is: 'failed' } | { is: 'skipped'; because: number } | { is: 'cancelled' }

/**
 * What follows from something that happened. `wait`: what the call still waits for is known, or has changed; the plan tells what when it
 * is asked, since a thousand calls that wait for a thousand others would be a thousand million numbers.
 */
export type Move =
  | { do: 'release'; call: number }
  | { do: 'skip'; call: number; because: number }
  | { do: 'wait'; call: number }

interface Held {
  call: VolleyCall
  /** Undefined until what it waits for can no longer grow. */
  waits: readonly Wait[] | undefined
  outstanding: number
  /** Said at every end that it waits for: made once. */
  goesOnWaiting: Move
}

export interface VolleyPlan {
  /** A call the model emitted; it may already be released when its waits are known to be complete. */
  emit(call: VolleyCall, options: { mayStartEarly: boolean }): Move[]
  /** The model's message has ended well: no more calls will come. */
  close(): Move[]
  /** A call ended. Moves for those it held back, in number order. */
  settle(call: number, ending: Ending): Move[]
  /** All calls that a call waits for, ended or not, ascending; empty until they are known. */
  waitsOf(call: number): number[]
  /** Those of them that have not ended, and how many these are. */
  outstandingOf(call: number): number[]
  countOutstanding(call: number): number
  /** The calls that wait directly for a call, as far as that is known. */
  dependentsOf(call: number): readonly number[]
}

/**
 * Plans one volley. `toolOfEarlier` tells the tool of a call of an earlier turn, `endingOfEarlier` how it ended: references may
 * point there.
 */
export function createVolleyPlan(
  graph: PlanGraph,
  earlier: { toolOf(call: number): string | undefined; endingOf(call: number): Ending | undefined },
): VolleyPlan {
  const emitted = new Map<number, VolleyCall>()
  const byTool = new Map<string, number[]>()
  const held = new Map<number, Held>()
  const endings = new Map<number, Ending>()
  const dependents = new Map<number, { call: number; onFailure: 'skip' | 'continue' }[]>()
  const waitsByCall = new Map<number, readonly Wait[]>()
  /** Calls of one tool that refer to nothing wait for the same: once the plan is closed the list is made once for all of them. */
  const sharedWaits = new Map<string, readonly Wait[]>()
  let isClosed = false

  const turn: Turn = {
    callsOf: (tool) => byTool.get(tool) ?? [],
    toolOf: (number) => emitted.get(number)?.tool ?? earlier.toolOf(number),
  }
  const endingOf = (number: number) => endings.get(number) ?? earlier.endingOf(number)

  /** Fixes what a held call waits for, and says what follows. */
  const fix = (entry: Held): Move[] => {
    const waits = waitsFor(entry.call)
    entry.waits = waits
    waitsByCall.set(entry.call.call, waits)
    const { call } = entry.call
    const dependentBy = { skip: { call, onFailure: 'skip' }, continue: { call, onFailure: 'continue' } } as const
    for (const wait of waits) {
      const list = dependents.get(wait.call)
      const dependent = dependentBy[wait.onFailure]
      if (list) list.push(dependent)
      else dependents.set(wait.call, [dependent])
    }
    entry.outstanding = 0
    for (const wait of waits) {
      const ending = endingOf(wait.call)
      if (forbids(ending, wait.onFailure)) return skip(entry.call.call, wait.call)
      if (ending === undefined) entry.outstanding++
    }
    return entry.outstanding === 0 ? release(entry.call.call) : [entry.goesOnWaiting]
  }

  const waitsFor = (call: VolleyCall): readonly Wait[] => {
    if (!isClosed || call.references.length > 0) return waitsOf(graph, call, turn)
    const waits = sharedWaits.get(call.tool) ?? waitsOf(graph, call, turn)
    sharedWaits.set(call.tool, waits)
    return waits
  }

  const release = (call: number): Move[] => {
    held.delete(call)
    return [{ do: 'release', call }]
  }

  const skip = (call: number, cause: number): Move[] => {
    const ending = endingOf(cause)
    const because = ending?.is === 'skipped' ? ending.because : cause
    held.delete(call)
    return [{ do: 'skip', call, because }]
  }

  return {
    emit(call, { mayStartEarly }) {
      emitted.set(call.call, call)
      const siblings = byTool.get(call.tool)
      if (siblings) siblings.push(call.call)
      else byTool.set(call.tool, [call.call])
      const goesOnWaiting: Move = { do: 'wait', call: call.call }
      const entry: Held = { call, waits: undefined, outstanding: 0, goesOnWaiting }
      held.set(call.call, entry)
      return mayStartEarly && !canGrow(graph, call, turn) ? fix(entry) : []
    },

    close() {
      isClosed = true
      return [...held.values()].filter((entry) => entry.waits === undefined).flatMap(fix)
    },

    settle(call, ending) {
      endings.set(call, ending)
      held.delete(call)
      const moves: Move[] = []
      for (const dependent of dependents.get(call) ?? []) {
        const entry = held.get(dependent.call)
        if (!entry?.waits) continue
        if (forbids(ending, dependent.onFailure)) moves.push(...skip(dependent.call, call))
        else if (--entry.outstanding === 0) moves.push(...release(dependent.call))
        else moves.push(entry.goesOnWaiting)
      }
      return moves.sort((one, other) => one.call - other.call)
    },

    waitsOf: (call) => (waitsByCall.get(call) ?? []).map((wait) => wait.call),

    outstandingOf: (call) => {
      const waits = waitsByCall.get(call) ?? []
      return waits.filter((wait) => endingOf(wait.call) === undefined).map((wait) => wait.call)
    },

    countOutstanding: (call) => held.get(call)?.outstanding ?? 0,

    dependentsOf: (call) => (dependents.get(call) ?? []).map((dependent) => dependent.call),
  }
}

function forbids(ending: Ending | undefined, onFailure: 'skip' | 'continue'): boolean {
  return ending !== undefined && ending.is !== 'succeeded' && onFailure === 'skip'
}
