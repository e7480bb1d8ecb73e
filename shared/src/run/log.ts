import type { RunEvent } from './events.ts'
import { applyRunEvents, EMPTY_RUN, type RunState } from './state.ts'

// A run's events, kept so that the run can be shown as it was at any time. What this file keeps:
// 1. Every state that comes out is the fold of the first events of the log, by `applyRunEvents`; there is no second way.
// 2. Events lie in chunks, each with the state before it: going to any time folds one chunk at most, forwards or backwards.

interface Chunk {
  before: RunState
  events: readonly RunEvent[]
}

export interface RunLog {
  chunks: readonly Chunk[]
  /** The fold of all of it. */
  run: RunState
}

const MOST_EVENTS = 128

export const EMPTY_LOG: RunLog = { chunks: [], run: EMPTY_RUN }

/** The log with the events that follow. Throws, like `applyRunEvents`, on a gap or a repeat. */
export function extendLog(log: RunLog, events: readonly RunEvent[]): RunLog {
  const chunks = [...log.chunks]
  let { run } = log
  for (let from = 0; from < events.length; ) {
    const last = chunks.at(-1)
    const isFull = !last || last.events.length >= MOST_EVENTS
    const chunk: Chunk = isFull ? { before: run, events: [] } : last
    const part = events.slice(from, from + MOST_EVENTS - chunk.events.length)
    run = applyRunEvents(run, part)
    chunks.splice(isFull ? chunks.length : chunks.length - 1, 1, { ...chunk, events: [...chunk.events, ...part] })
    from += part.length
  }
  return { chunks, run }
}

/**
 * The run as it was `at` milliseconds after it began: what happened at that very time included. `near` is a state this log gave
 * earlier; where the way from there is shorter it is taken, so that playing on is cheap.
 */
export function runAt(log: RunLog, at: number, near: RunState = log.run): RunState {
  const chunk = log.chunks[lastIndex(log.chunks, (one) => timeOf(one.events[0]) <= at)]
  if (!chunk) return log.chunks[0]?.before ?? log.run
  const count = lastIndex(chunk.events, (event) => event.at <= at) + 1
  const seq = chunk.before.lastSeq + count
  const start = near.lastSeq >= chunk.before.lastSeq && near.lastSeq <= seq ? near : chunk.before
  return applyRunEvents(start, chunk.events.slice(start.lastSeq - chunk.before.lastSeq, count))
}

/** The time of the nearest step of a call or a turn before (-1) or after (1) a time; null where there is none. */
export function stepFrom(log: RunLog, at: number, direction: -1 | 1): number | null {
  const chunks = direction === 1 ? log.chunks : [...log.chunks].reverse()
  for (const { events } of chunks) {
    const isBeside = (event: RunEvent) => (event.at - at) * direction > 0 && !QUIET.has(event.type)
    const found = direction === 1 ? events.find(isBeside) : events.findLast(isBeside)
    if (found) return found.at
  }
  return null
}

/** Too many and too small to stop at. */
const QUIET: ReadonlySet<RunEvent['type']> = new Set(['text.delta', 'call.progress'])

const timeOf = (event: RunEvent | undefined) => event?.at ?? 0

/** The index of the last entry that holds, where all that hold come first; -1 where none does. */
function lastIndex<Entry>(list: readonly Entry[], holds: (entry: Entry) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(list[middle] as Entry)) low = middle + 1
    else high = middle
  }
  return low - 1
}
