import type { FlowDocument, Point } from '@volley/shared/flow/flow.ts'
import { edgesOnCycles } from '@volley/shared/lib/graph.ts'

export interface Miniature {
  agent: Point
  tools: { name: string; at: Point }[]
  /** Agent to those tools that wait for none. */
  offers: { from: Point; to: Point }[]
  edges: { kind: 'order' | 'data'; from: Point; to: Point }[]
}

/**
 * A flow drawn small, in a box of this size: columns by how many tools stand before a tool, rows in the order of the document.
 * The author's own layout is not used: it is made for reading, this for recognizing.
 */
export function miniatureOf(
  flow: Pick<FlowDocument, 'tools' | 'edges'>,
  { width, height }: { width: number; height: number },
): Miniature {
  const names = (flow.tools ?? []).map((tool) => tool.name)
  const onCycle = edgesOnCycles(names, flow.edges ?? [])
  const edges = (flow.edges ?? []).filter((edge) => !onCycle.has(edge))
  const depths = depthsOf(names, edges)
  const columns = Math.max(0, ...depths.values()) + 2
  const x = (column: number) => ((column + 0.5) / columns) * width
  const byColumn = Map.groupBy(names, (name) => depths.get(name) ?? 0)
  const places = new Map<string, Point>()
  for (const [column, inColumn] of byColumn)
    inColumn.forEach((name, row) => {
      places.set(name, { x: x(column + 1), y: ((row + 0.5) / inColumn.length) * height })
    })
  const placeOf = (name: string): Point => places.get(name) ?? { x: 0, y: 0 }
  const agent = { x: x(0), y: height / 2 }
  return {
    agent,
    tools: names.map((name) => ({ name, at: placeOf(name) })),
    offers: names.filter((name) => depths.get(name) === 0).map((name) => ({ from: agent, to: placeOf(name) })),
    edges: (flow.edges ?? [])
      .filter((edge) => edge.from !== edge.to)
      .map((edge) => ({ kind: edge.kind, from: placeOf(edge.from), to: placeOf(edge.to) })),
  }
}

/** How many tools stand before each on the longest way to it. The edges hold no cycle. */
function depthsOf(names: readonly string[], edges: readonly { from: string; to: string }[]): Map<string, number> {
  const depths = new Map<string, number>()
  const depthOf = (name: string): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    const before = edges.filter((edge) => edge.to === name).map((edge) => depthOf(edge.from) + 1)
    const depth = Math.max(0, ...before)
    depths.set(name, depth)
    return depth
  }
  for (const name of names) depthOf(name)
  return depths
}
