import { sourcesFirst } from '../lib/graph.ts'
import type { CallState, RunState, TurnState } from '../run/state.ts'

export interface CriticalPath {
  /** Calls on it, in time. */
  calls: number[]
  /** Model time and call durations along it: what the run would take if nothing ever waited for a place. */
  ms: number
}

/**
 * The chain of model time and calls that decides how long the run takes (critical path method, one turn after another). A call
 * can begin once the model has released it (eager calls when emitted, others when the message ended) and everything it waited for
 * has ended; times spent waiting for a place, an approval or a retry's place in the queue do not count.
 */
export function criticalPath(run: RunState): CriticalPath {
  const path: CriticalPath = { calls: [], ms: 0 }
  for (const turn of run.turns) {
    const { calls, ms } = criticalPathOfTurn(run, turn)
    path.calls.push(...calls)
    path.ms += ms
  }
  return path
}

/** Milliseconds the model took for a turn's message, failed tries and the pauses between them included. */
export function modelMsOf(run: RunState, turn: TurnState): number {
  return (turn.messageFinishedAt ?? turn.finishedAt ?? run.at) - turn.startedAt
}

function criticalPathOfTurn(run: RunState, turn: TurnState): CriticalPath {
  const messageMs = modelMsOf(run, turn)
  const ends = new Map<number, { ms: number; after: number | null }>()
  // A skipped call took no time, and yet others may have waited for it, and so for what it was skipped for.
  const calls = turn.calls
    .map((number) => run.calls[number - 1])
    .filter((call): call is CallState => call !== undefined && (call.startedAt !== null || call.status === 'skipped'))

  const sources = new Map(calls.map((call) => [call, decidedBy(call, run)]))
  const sourcesOf = (call: CallState) => (sources.get(call) ?? []).map((number) => run.calls[number - 1] as CallState)
  let last: { call: number; ms: number } | null = null
  for (const call of sourcesFirst(calls, sourcesOf)) {
    const isSkipped = call.startedAt === null
    let ms = isSkipped || call.eager ? call.emittedAt - turn.startedAt : messageMs
    let after: number | null = null
    for (const number of sources.get(call) ?? []) {
      const before = ends.get(number)
      if (before && before.ms >= ms) {
        ms = before.ms
        after = number
      }
    }
    const end = ms + (isSkipped ? 0 : (call.durationMs ?? run.at - (call.startedAt ?? run.at)))
    ends.set(call.call, { ms: end, after })
    if (!isSkipped && (!last || end > last.ms)) last = { call: call.call, ms: end }
  }
  if (!last || last.ms < messageMs) return { calls: [], ms: messageMs }
  const chain: number[] = []
  for (let at: number | null = last.call; at !== null; at = ends.get(at)?.after ?? null)
    if (run.calls[at - 1]?.startedAt != null) chain.unshift(at)
  return { calls: chain, ms: last.ms }
}

/** The calls whose ends decided when a call began, or was skipped: of a skipped one those alone that had not succeeded by then. */
export function decidedBy(call: CallState, run: RunState): number[] {
  if (call.status !== 'skipped') return call.waitsFor
  const at = call.finishedAt ?? 0
  return call.waitsFor.filter((number) => {
    const source = run.calls[number - 1]
    return source !== undefined && source.status !== 'succeeded' && (source.finishedAt ?? at + 1) <= at
  })
}
