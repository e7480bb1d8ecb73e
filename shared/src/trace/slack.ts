import { sourcesFirst } from '../lib/graph.ts'
import type { CallState, RunState, TurnState } from '../run/state.ts'
import { decidedBy } from './criticalPath.ts'
import type { Hold } from './holds.ts'
import { readyAt } from './waiting.ts'

/**
 * How many milliseconds longer each call could have taken without the run ending later (total float of the critical path method), by call:
 * 0 for those on the critical path. Calls that stood in line for a place keep the order in which places were given (`holds`, see
 * `holdsOf`). Only of turns that have ended; a call that never ran has none.
 */
export function slackOf(run: RunState, holds: ReadonlyMap<number, Hold>): Map<number, number> {
  const slack = new Map<number, number>()
  const callsOfTurn = Map.groupBy(run.calls, (call) => call.turn)
  for (const turn of run.turns) {
    const calls = (callsOfTurn.get(turn.turn) ?? []).filter(isOver)
    const end = turnEnd(turn, run)
    if (end === null) continue
    for (const [call, latest] of latestEnds(calls, end, run, holds))
      if (call.startedAt !== null) slack.set(call.call, Math.max(0, latest - call.finishedAt))
  }
  return slack
}

type EndedCall = CallState & { finishedAt: number }
const isOver = (call: CallState): call is EndedCall => call.finishedAt !== null

/** When the next turn, or the end of the run, could follow: message and calls had all ended. */
function turnEnd(turn: TurnState, run: RunState): number | null {
  const ends = turn.calls.map((number) => run.calls[number - 1]?.finishedAt ?? null)
  const message = turn.messageFinishedAt ?? turn.finishedAt ?? (run.summary ? run.at : null)
  return message === null || ends.includes(null) ? null : Math.max(message, ...(ends as number[]))
}

/** A call that could begin only when this one had ended, and by when it must have. */
interface Follower {
  call: EndedCall
  /** Milliseconds between the end of the one and the beginning of the other that nothing shortens. */
  gapMs: number
}

/** The latest time at which each call may end: worked out from the end of the turn backwards, each call after all that followed on it. */
function latestEnds(
  calls: readonly EndedCall[],
  turnEnd: number,
  run: RunState,
  holds: ReadonlyMap<number, Hold>,
): Map<EndedCall, number> {
  const followers = new Map<number, Follower[]>(calls.map((call) => [call.call, []]))
  for (const call of calls)
    for (const { source, gapMs } of sourcesOf(call, run, holds)) followers.get(source)?.push({ call, gapMs })
  const latest = new Map<EndedCall, number>()
  const lastFirst = sourcesFirst(calls, (call) => (followers.get(call.call) ?? []).map((follower) => follower.call))
  for (const call of lastFirst) {
    let by = Math.max(turnEnd, call.finishedAt)
    for (const { call: next, gapMs } of followers.get(call.call) ?? [])
      by = Math.min(by, (latest.get(next) ?? next.finishedAt) - lengthOf(next) - gapMs)
    latest.set(call, by)
  }
  return latest
}

function sourcesOf(
  call: EndedCall,
  run: RunState,
  holds: ReadonlyMap<number, Hold>,
): { source: number; gapMs: number }[] {
  const start = startOf(call)
  const freedBy = holds.get(call.call)?.freedBy ?? null
  // What stood in line began when its place came free: a later end of what it waited for would first have eaten up the time in line.
  const delayMs = freedBy === null ? start - (readyAt(call, run) ?? start) : 0
  const shared = call.startedAt === null ? (call.coalescedWith ?? call.adoptedFrom) : undefined
  return [
    ...decidedBy(call, run).map((source) => ({ source, gapMs: Math.max(0, delayMs) })),
    ...(shared === undefined ? [] : [{ source: shared, gapMs: Math.max(0, delayMs) }]),
    ...(freedBy === null ? [] : [{ source: freedBy, gapMs: start - (run.calls[freedBy - 1]?.finishedAt ?? start) }]),
  ]
}

const startOf = (call: EndedCall) => call.startedAt ?? call.finishedAt
const lengthOf = (call: EndedCall) => call.finishedAt - startOf(call)
