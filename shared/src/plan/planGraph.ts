import { onFailureOf } from '../flow/defaults.ts'
import type { Edge, Flow, Tool } from '../flow/flow.ts'
import { edgesOnCycles } from '../lib/graph.ts'

export interface PlanEdge {
  from: string
  to: string
  kind: Edge['kind']
  onFailure: 'skip' | 'continue'
  /** Mapped parameters and their paths; empty where the edge has no map or maps are off. */
  map: Readonly<Record<string, string>>
  /** On a cycle of tools only references make a call wait. */
  onCycle: boolean
}

/** What planning needs to know of a flow, worked out once per run. */
export interface PlanGraph {
  tools: ReadonlyMap<string, Tool>
  /** The edges that lead to a tool. */
  incoming: ReadonlyMap<string, readonly PlanEdge[]>
}

/** `references` is true in `graph` parallelism; elsewhere nothing is a reference and maps are off (contract 3, fine print). */
export function planGraph(flow: Pick<Flow, 'tools' | 'edges'>, { references }: { references: boolean }): PlanGraph {
  const names = flow.tools.map((tool) => tool.name)
  const cyclic = edgesOnCycles(names, flow.edges)
  const incoming = new Map<string, PlanEdge[]>(names.map((name) => [name, []]))
  for (const edge of flow.edges) {
    incoming.get(edge.to)?.push({
      from: edge.from,
      to: edge.to,
      kind: edge.kind,
      onFailure: onFailureOf(edge),
      map: references ? (edge.map ?? {}) : {},
      onCycle: cyclic.has(edge),
    })
  }
  return { tools: new Map(flow.tools.map((tool) => [tool.name, tool])), incoming }
}

/** The tools whose results a call of `tool` may refer to. */
export function referableTools(graph: PlanGraph, tool: string): Set<string> {
  return new Set((graph.incoming.get(tool) ?? []).filter((edge) => edge.kind === 'data').map((edge) => edge.from))
}
