import type { PlanEdge, PlanGraph } from './planGraph.ts'

/** A call of the turn as far as waiting is concerned. */
export interface VolleyCall {
  call: number
  tool: string
  /** The calls its arguments refer to, of this turn or an earlier one. */
  references: readonly number[]
}

/** Why a call is held back: it waits for `call`, and this is what that call's failure means for it. */
export interface Wait {
  call: number
  onFailure: 'skip' | 'continue'
}

/** The turn's calls of a tool, and the tool of any call of the run. */
export interface Turn {
  callsOf(tool: string): readonly number[]
  toolOf(call: number): string | undefined
}

/**
 * What a call waits for (contract 3, "Waiting"), ascending: along every edge to its tool, of either kind, the calls of its source that
 * it refers to; else, off cycles, every call of the source tool in this turn; where there is none, what the source itself would wait for. A reference always
 * skips on failure. The nearest edge decides `onFailure`; where two ways lead to one call, `skip` wins.
 */
export function waitsOf(graph: PlanGraph, call: VolleyCall, turn: Turn): Wait[] {
  const waits = new Map<number, 'skip' | 'continue'>()
  const add = (number: number, onFailure: 'skip' | 'continue') => {
    if (number !== call.call && waits.get(number) !== 'skip') waits.set(number, onFailure)
  }
  for (const edge of graph.incoming.get(call.tool) ?? []) {
    const referred = call.references.filter((number) => turn.toolOf(number) === edge.from)
    if (referred.length > 0) for (const number of referred) add(number, 'skip')
    else if (!edge.onCycle)
      for (const tool of presentSources(graph, edge, turn))
        for (const number of turn.callsOf(tool)) add(number, edge.onFailure)
  }
  return [...waits]
    .map(([number, onFailure]) => ({ call: number, onFailure }))
    .sort((one, other) => one.call - other.call)
}

/**
 * Whether what the call waits for can still grow while the model goes on emitting: it cannot when every edge to its tool, off
 * cycles, is one along which the call refers (contract 3, "Eager start").
 */
export function canGrow(graph: PlanGraph, call: VolleyCall, turn: Turn): boolean {
  return (graph.incoming.get(call.tool) ?? []).some(
    (edge) => !edge.onCycle && !call.references.some((number) => turn.toolOf(number) === edge.from),
  )
}

/** The tools whose calls count along an edge: its source, or, where that was not called, the nearest called ones before it. */
function presentSources(graph: PlanGraph, edge: PlanEdge, turn: Turn): Set<string> {
  const found = new Set<string>()
  const visited = new Set<string>()
  const open = [edge.from]
  for (let tool = open.pop(); tool !== undefined; tool = open.pop()) {
    if (visited.has(tool)) continue
    visited.add(tool)
    if (turn.callsOf(tool).length > 0) found.add(tool)
    else for (const before of graph.incoming.get(tool) ?? []) if (!before.onCycle) open.push(before.from)
  }
  return found
}
