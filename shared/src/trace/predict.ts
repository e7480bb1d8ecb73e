import { limitsOf, policyOf } from '../flow/defaults.ts'
import type { Flow, Parallelism } from '../flow/flow.ts'
import { planGraph } from '../plan/planGraph.ts'
import { type SimulatedTimes, simulateVolley } from '../plan/simulate.ts'
import type { RunState } from '../run/state.ts'
import { meanDurations, type RecordedTurn, recordedTurns } from './recordedTurns.ts'

/** What is different from the run that was recorded. */
export interface WhatIf {
  /** The document with other edges, caps or policies. */
  flow?: Flow
  /** Other durations of single calls, in milliseconds. */
  durations?: ReadonlyMap<number, number>
  /** Calls that are not made. */
  without?: ReadonlySet<number>
  /** No call has to be approved. */
  unattended?: boolean
  /** How the run would go about calls; the turns are then those of `regrouped`. */
  parallelism?: Parallelism
  /** The turns as they would be grouped; see `regroup.ts`. */
  turns?: readonly RecordedTurn[]
}

export interface PredictedTurn {
  turn: number
  /** Milliseconds since the run began. */
  startMs: number
  messageEndMs: number
  endMs: number
}

export interface Prediction {
  elapsedMs: number
  turns: PredictedTurn[]
  /** Milliseconds since the run began, by call. */
  calls: Map<number, SimulatedTimes>
}

/**
 * Plays a finished run again on paper: the recorded model times and durations under the plan and the limits of `change`. What a run spends
 * outside both (storing, requests) is not known for one that never was; compare with the prediction of no change.
 */
export function predictRun(run: RunState, flow: Flow, change: WhatIf = {}): Prediction {
  const document = change.flow ?? flow
  const { parallelism = run.parallelism } = change
  const graph = planGraph(document, { references: parallelism === 'graph' })
  const { concurrency } = limitsOf(document.agent)
  const policies = new Map(document.tools.map((tool) => [tool.name, policyOf(tool)]))
  const expected = meanDurations(run)
  const turns = change.turns ?? recordedTurns(run, flow)
  const calls = new Map<number, SimulatedTimes>()
  const predicted: PredictedTurn[] = []
  let now = run.turns[0]?.startedAt ?? 0
  for (const { turn, messageMs, calls: recorded } of turns) {
    const times = simulateVolley({
      graph,
      calls: recorded
        .filter((call) => !change.without?.has(call.call))
        .map((call) => ({
          ...call,
          durationMs: change.durations?.get(call.call) ?? call.durationMs,
          approvalMs: change.unattended ? 0 : call.approvalMs,
        })),
      messageMs,
      concurrency: parallelism === 'serial' ? 1 : concurrency,
      concurrencyOf: (tool) => policies.get(tool)?.concurrency ?? Number.POSITIVE_INFINITY,
      // In serial the number alone decides who goes first.
      expectedMs: (tool) => (parallelism === 'serial' ? 0 : (expected.get(tool) ?? 1)),
      toolOfEarlier: (number) => run.calls[number - 1]?.tool,
    })
    let lengthMs = messageMs
    for (const [call, one] of times) {
      lengthMs = Math.max(lengthMs, one.endMs)
      calls.set(call, moved(one, now))
    }
    predicted.push({ turn, startMs: now, messageEndMs: now + messageMs, endMs: now + lengthMs })
    now += lengthMs
  }
  return { elapsedMs: now, turns: predicted, calls }
}

const moved = (one: SimulatedTimes, by: number): SimulatedTimes => ({
  readyMs: one.readyMs === null ? null : one.readyMs + by,
  startMs: one.startMs === null ? null : one.startMs + by,
  endMs: one.endMs + by,
  get waitsFor() {
    return one.waitsFor
  },
  skippedBy: one.skippedBy,
  isEager: one.isEager,
})
