import { limitsOf, policyOf } from '../flow/defaults.ts'
import type { Flow } from '../flow/flow.ts'
import type { CallState, RunState } from '../run/state.ts'
import { exclusiveKeyOf } from './recordedTurns.ts'
import { readyAt } from './waiting.ts'

/** The limit that kept a call in line for a place. */
export interface Hold {
  /** The run's concurrency, the tool's, or an exclusive key. */
  by: 'run' | 'tool' | 'key'
  /** So many may run at once under it. */
  most: number
  /** The exclusive key; null for the others. */
  key: string | null
  /** The call whose end gave this one its place; null while it stands in line. */
  freedBy: number | null
}

/**
 * Which limit kept calls in line that had all they waited for, by call. Read off who ran and who ended when the call's place came free;
 * where several limits were full until that moment, the narrowest counts. `flow` is the document that ran.
 */
export function holdsOf(run: RunState, flow: Flow): Map<number, Hold> {
  const tools = new Map(flow.tools.map((tool) => [tool.name, tool]))
  const keyOf = (call: CallState) => {
    const tool = tools.get(call.tool)
    return tool ? exclusiveKeyOf(call, tool) : null
  }
  const ran = run.calls.filter((call) => call.startedAt !== null)
  const ofRun = laneOf(ran)
  const ofTool = lanesBy(ran, (call) => call.tool)
  const ofKey = lanesBy(ran, keyOf)
  const runCap = run.parallelism === 'serial' ? 1 : limitsOf(flow.agent).concurrency

  const limitsOfCall = (call: CallState): { by: Hold['by']; most: number; key: string | null; lane: Lane }[] => {
    const tool = tools.get(call.tool)
    const key = keyOf(call)
    return [
      { by: 'key', most: key === null ? Number.POSITIVE_INFINITY : 1, key, lane: ofKey.get(key) ?? NOBODY },
      {
        by: 'tool',
        most: tool ? policyOf(tool).concurrency : Number.POSITIVE_INFINITY,
        key: null,
        lane: ofTool.get(call.tool) ?? NOBODY,
      },
      { by: 'run', most: runCap, key: null, lane: ofRun },
    ]
  }

  const holds = new Map<number, Hold>()
  for (const call of run.calls) {
    const ready = call.startedAt === null && call.status !== 'ready' ? null : readyAt(call, run)
    if (ready === null || (call.startedAt !== null && call.startedAt <= ready)) continue
    let latest: { at: number; hold: Hold } | null = null
    for (const { by, most, key, lane } of limitsOfCall(call)) {
      const freed = call.startedAt === null ? lane.isFullNow(run.at, most) : lane.freed(ready, call.startedAt, most)
      if (freed && (latest === null || freed.at > latest.at))
        latest = { at: freed.at, hold: { by, most, key, freedBy: freed.call } }
    }
    if (latest) holds.set(call.call, latest.hold)
  }
  return holds
}

/** Calls that share a limit, on one line of time. */
interface Lane {
  /** The last end within a stretch of time at which `most` of them had been running; null where there was none. */
  freed(after: number, until: number, most: number): { at: number; call: number | null } | null
  /** Whether `most` of them run at a time; as an end that has not come. */
  isFullNow(now: number, most: number): { at: number; call: null } | null
}

function laneOf(calls: readonly CallState[]): Lane {
  const starts = calls.map((call) => call.startedAt as number).sort((one, other) => one - other)
  const ended = calls
    .filter((call) => call.finishedAt !== null)
    .sort((one, other) => (one.finishedAt as number) - (other.finishedAt as number))
  const ends = ended.map((call) => call.finishedAt as number)
  const runningBefore = (at: number) => countBelow(starts, at) - countBelow(ends, at)
  return {
    freed(after, until, most) {
      for (let last = countBelow(ends, until, true) - 1; last >= 0; last--) {
        const at = ends[last] as number
        if (at <= after) return null
        if (runningBefore(at) >= most) return { at, call: ended[last]?.call ?? null }
      }
      return null
    },
    isFullNow: (now, most) =>
      countBelow(starts, now, true) - countBelow(ends, now, true) >= most ? { at: now, call: null } : null,
  }
}

const NOBODY = laneOf([])

function lanesBy<Key>(calls: readonly CallState[], keyOf: (call: CallState) => Key): Map<Key, Lane> {
  return new Map([...Map.groupBy(calls, keyOf)].map(([key, group]) => [key, laneOf(group)]))
}

/** How many of these ascending numbers are less than `limit`, or at most that. */
function countBelow(numbers: readonly number[], limit: number, andEqual = false): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    const number = numbers[middle] as number
    if (number < limit || (andEqual && number === limit)) low = middle + 1
    else high = middle
  }
  return low
}
