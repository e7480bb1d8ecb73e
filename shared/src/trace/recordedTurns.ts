import { isRepeatable, parallelismOf, policyOf } from '../flow/defaults.ts'
import type { Flow, Tool } from '../flow/flow.ts'
import { isObject } from '../lib/json.ts'
import { fillText } from '../lib/template.ts'
import { planGraph } from '../plan/planGraph.ts'
import { type CallReferences, findReferences, NO_REFERENCES } from '../plan/reference.ts'
import type { SimulatedCall } from '../plan/simulate.ts'
import type { CallState, RunState, TurnState } from '../run/state.ts'
import { modelMsOf } from './criticalPath.ts'

/** A turn as it was recorded, ready to be played on paper under other conditions. */
export interface RecordedTurn {
  turn: number
  messageMs: number
  /** What the model wrote in it. */
  writtenTokens: number
  calls: readonly SimulatedCall[]
}

/**
 * The turns of a run with what its calls need to be played again: when they were emitted, how long they took, what they refer to. `flow`
 * is the document that ran. Times are milliseconds since each turn began.
 */
export function recordedTurns(run: RunState, flow: Flow): RecordedTurn[] {
  const references = referencesOf(run, flow)
  const tools = new Map(flow.tools.map((tool) => [tool.name, tool]))
  const means = meanDurations(run)
  return run.turns.map((turn) => ({
    turn: turn.turn,
    messageMs: modelMsOf(run, turn),
    writtenTokens: turn.usage.outputTokens,
    calls: callsOf(run, turn).map((call): SimulatedCall => {
      const tool = tools.get(call.tool)
      return {
        call: call.call,
        tool: call.tool,
        references: references(call.call),
        emittedMs: call.emittedAt - turn.startedAt,
        durationMs: call.durationMs ?? (call.status === 'skipped' ? (means.get(call.tool) ?? 0) : 0),
        approvalMs: approvalMsOf(run, turn, call),
        mayStartEarly: tool !== undefined && isRepeatable(tool),
        exclusive: tool ? exclusiveKeyOf(call, tool) : null,
        ends: endOf(call),
        sharesWith: call.coalescedWith ?? call.adoptedFrom ?? null,
      }
    }),
  }))
}

/** The key that calls share which run one at a time; null where there is none. */
export function exclusiveKeyOf(call: CallState, tool: Tool): string | null {
  const { exclusive } = policyOf(tool)
  const args = call.arguments ?? call.emittedArguments
  return exclusive === undefined ? null : fillText(exclusive, (name) => (isObject(args) ? args[name] : undefined))
}

/** How long the calls of each tool took on average, in milliseconds. */
export function meanDurations(run: RunState): Map<string, number> {
  const byTool = Map.groupBy(
    run.calls.filter((call) => call.durationMs !== null),
    (call) => call.tool,
  )
  return new Map(
    [...byTool].map(([tool, calls]) => [
      tool,
      calls.reduce((sum, call) => sum + (call.durationMs ?? 0), 0) / calls.length,
    ]),
  )
}

/** A call that was skipped might have succeeded; one that was refused at its emission never ran and never would have. */
function endOf(call: CallState): SimulatedCall['ends'] {
  if (call.status === 'succeeded' || call.status === 'skipped') return 'succeeded'
  return call.startedAt !== null || call.waitsFor.length > 0 || call.error?.code === 'denied' ? 'failed' : 'refused'
}

/** The calls a call refers to. */
export function referencesOf(run: RunState, flow: Flow): (call: number) => readonly number[] {
  const read = readReferences(run, flow)
  return (call) => read(call).calls
}

/** The references of a call: found anew in what the model wrote, as the engine did. */
export function readReferences(run: RunState, flow: Flow): (call: number) => CallReferences {
  if (parallelismOf({ ...flow.agent, parallelism: run.parallelism }) !== 'graph') return () => NO_REFERENCES
  const graph = planGraph(flow, { references: true })
  const visible = run.turns.flatMap((turn) => turn.calls)
  const places = new Map(visible.map((number, at) => [number, at]))
  const found = new Map<number, CallReferences>()
  return (number) => {
    const known = found.get(number)
    if (known) return known
    const call = run.calls[number - 1]
    const read =
      call && isObject(call.emittedArguments)
        ? findReferences(graph, call.tool, call.emittedArguments, {
            visible: visible.slice(0, places.get(number) ?? 0),
            toolOf: (one) => run.calls[one - 1]?.tool,
          })
        : null
    const references = read?.ok ? read.value : NO_REFERENCES
    found.set(number, references)
    return references
  }
}

/** From the moment nothing but a person was missing until the call started; 0 where nobody was asked. */
export function approvalMsOf(run: RunState, turn: TurnState, call: CallState): number {
  if (call.approval === 'none') return 0
  const ended = call.waitsFor.map((number) => run.calls[number - 1]?.finishedAt ?? 0)
  const released = Math.max(turn.messageFinishedAt ?? call.emittedAt, ...ended)
  const decided = call.startedAt ?? call.finishedAt ?? run.at
  return Math.max(0, decided - released)
}

const callsOf = (run: RunState, turn: TurnState) =>
  turn.calls.map((number) => run.calls[number - 1]).filter((call): call is CallState => call !== undefined)
