import { limitsOf, parallelismOf, policyOf } from '../flow/defaults.ts'
import { setAgent, updateTool } from '../flow/edit.ts'
import { connect, isSameEdge } from '../flow/editEdges.ts'
import type { Edge, Flow } from '../flow/flow.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { RunState } from '../run/state.ts'
import { applyCure, type Cure, cureTitle } from './findings/cure.ts'
import { traceFacts } from './findings/traceFacts.ts'
import { type Prediction, predictRun } from './predict.ts'
import { meanDurations, recordedTurns } from './recordedTurns.ts'
import { regrouped } from './regroup.ts'

/** One thing that could be otherwise. All but a duration are changes of the flow. */
export type Change =
  /** How long the tool's calls take on average; each takes its share of it. */
  | { change: 'duration'; tool: string; meanMs: number }
  /** How many calls of the run may be under way at once. */
  | { change: 'run_cap'; most: number }
  /** How many calls of the tool; null for no cap of its own. */
  | { change: 'tool_cap'; tool: string; most: number | null }
  | { change: 'add_edge'; from: string; to: string; kind: Edge['kind'] }
  | Extract<Cure, { change: 'remove_edge' | 'set_parallelism' }>
export type FlowChange = Exclude<Change, { change: 'duration' }>

export interface Played extends Prediction {
  /** When the run would have ended: its own end, moved by the difference between both plays on paper. */
  elapsedMs: number
  /** Milliseconds later than it did; less than 0 is sooner. */
  byMs: number
  /** Changes that cannot be made, and why. */
  refused: { change: Change; message: string }[]
}

/**
 * A finished run that can be played again under other conditions, on paper and as often as one likes. `flow` is the document that ran. The
 * same calls are made with the same arguments; what a model would say to other results is not known.
 */
export function whatIfOf(run: RunState, flow: Flow) {
  const facts = traceFacts(run, flow)
  const turns = recordedTurns(run, flow)
  const means = meanDurations(run)
  const asItWas = predictRun(run, flow, { turns })
  const elapsedMs = run.summary?.elapsedMs ?? run.at

  return {
    /** The run as it was, played on paper. */
    asItWas,
    play(changes: readonly Change[]): Played {
      const refused: Played['refused'] = []
      let changed = flow
      for (const change of changes) {
        if (change.change === 'duration') continue
        const edited = applyChange(changed, change)
        if (edited.ok) changed = edited.value
        else refused.push({ change, message: edited.error })
      }
      const parallelism = changes.findLast((one) => one.change === 'set_parallelism')?.parallelism ?? run.parallelism
      const played = predictRun(run, flow, {
        flow: changed,
        parallelism,
        durations: durationsWith(run, means, changes),
        turns: regrouped(turns, {
          from: run.parallelism,
          to: parallelism,
          callOf: (number) => run.calls[number - 1],
          uses: facts.uses,
          mayRefer: (from, to) =>
            changed.edges.some((edge) => edge.kind === 'data' && edge.from === from && edge.to === to),
        }),
      })
      const byMs = played.elapsedMs - asItWas.elapsedMs
      return { ...played, elapsedMs: elapsedMs + byMs, byMs, refused }
    },
  }
}

/** The durations of the calls whose tools are changed, by call. */
function durationsWith(
  run: RunState,
  means: ReadonlyMap<string, number>,
  changes: readonly Change[],
): Map<number, number> {
  const durations = new Map<number, number>()
  for (const change of changes) {
    if (change.change !== 'duration') continue
    const mean = means.get(change.tool) ?? 0
    for (const call of run.calls)
      if (call.tool === change.tool)
        durations.set(call.call, mean > 0 ? ((call.durationMs ?? mean) * change.meanMs) / mean : change.meanMs)
  }
  return durations
}

/** The flow with the change made, or why it cannot be. */
export function applyChange(flow: Flow, change: FlowChange): Result<Flow, string> {
  switch (change.change) {
    case 'run_cap':
      return ok(setAgent(flow, { limits: { ...flow.agent.limits, concurrency: change.most } }))
    case 'tool_cap': {
      if (!flow.tools.some((tool) => tool.name === change.tool)) return err(`There is no tool "${change.tool}".`)
      return ok(
        updateTool(flow, change.tool, (tool) => {
          const { concurrency: _before, ...policy } = tool.policy ?? {}
          return { ...tool, policy: change.most === null ? policy : { ...policy, concurrency: change.most } }
        }),
      )
    }
    case 'remove_edge': {
      const cured = applyCure(flow, change)
      return cured.ok ? cured : err(cured.error.message)
    }
    case 'add_edge':
      return connect(flow, change.from, change.to, change.kind)
    case 'set_parallelism':
      return ok(setAgent(flow, { parallelism: change.parallelism }))
  }
}

/** Whether the flow has the change already. */
export function hasChange(flow: Flow, change: FlowChange): boolean {
  switch (change.change) {
    case 'run_cap':
      return limitsOf(flow.agent).concurrency === change.most
    case 'tool_cap': {
      const tool = flow.tools.find((one) => one.name === change.tool)
      return tool !== undefined && policyOf(tool).concurrency === (change.most ?? Number.POSITIVE_INFINITY)
    }
    case 'remove_edge':
      return !flow.edges.some((edge) => isSameEdge(edge, change))
    case 'add_edge':
      return flow.edges.some((edge) => isSameEdge(edge, change))
    case 'set_parallelism':
      return parallelismOf(flow.agent) === change.parallelism
  }
}

/** The change as a command: the name of its button and of its step. */
export function changeTitle(change: Change): string {
  switch (change.change) {
    case 'duration':
      return `Let ${change.tool} take ${Math.round(change.meanMs)} ms`
    case 'run_cap':
      return `Allow ${change.most} ${change.most === 1 ? 'call' : 'calls'} at once`
    case 'tool_cap':
      return change.most === null
        ? `Lift the cap of ${change.tool}`
        : `Allow ${change.most} ${change.most === 1 ? 'call' : 'calls'} of ${change.tool} at once`
    case 'add_edge':
      return `Add the ${change.kind} edge ${change.from} → ${change.to}`
    default:
      return cureTitle(change)
  }
}
