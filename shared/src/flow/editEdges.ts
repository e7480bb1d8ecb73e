import { components, edgesOnCycles, successorsOf } from '../lib/graph.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Edited } from './edit.ts'
import { propertiesOf } from './editParameters.ts'
import type { Edge, Flow } from './flow.ts'

// Changes to the edges of a flow. No edit draws an order edge into a circle or fills a parameter twice.

/** An edge is known by its ends and its kind. */
export type EdgeRef = Pick<Edge, 'from' | 'to' | 'kind'>
export const isSameEdge = (one: EdgeRef, other: EdgeRef) =>
  one.from === other.from && one.to === other.to && one.kind === other.kind

/** Makes `to` depend on `from`. Refused when the two are connected so already, or an order would run in a circle. */
export function connect(flow: Flow, from: string, to: string, kind: Edge['kind'] = 'order'): Edited {
  const edge: Edge = { from, to, kind }
  const names = new Set(flow.tools.map((tool) => tool.name))
  for (const name of [from, to]) if (!names.has(name)) return err(`There is no tool "${name}".`)
  if (flow.edges.some((other) => other.from === from && other.to === to))
    return err(`"${to}" already runs after "${from}".`)
  return withEdges(flow, [...flow.edges, edge])
}

export function disconnect(flow: Flow, gone: EdgeRef): Flow {
  const edges = flow.edges.filter((edge) => !isSameEdge(edge, gone))
  return edges.length === flow.edges.length ? flow : { ...flow, edges }
}

/** A flow after an insertion, and what became of the values that the edge carried. */
export interface Inserted {
  flow: Flow
  /** Parameters that the edge's map fills: their values come of `from` alone, so that edge stays beside the way over the new tool. */
  stillMapped: string[]
}

/**
 * Puts a tool of the flow, one without edges, between the ends of an edge: `to` runs after it, and it runs after `from`. The second
 * half keeps the edge's kind and failure policy. A map speaks of the result of `from`, which no other tool can give: a mapped edge
 * stays, and what is new is the order. On a circle both halves are data, since an order cannot lie there.
 */
export function insertOnEdge(flow: Flow, ref: EdgeRef, name: string): Result<Inserted, string> {
  const edge = flow.edges.find((one) => isSameEdge(one, ref))
  if (!edge) return err(`No such edge leads from "${ref.from}" to "${ref.to}".`)
  const names = flow.tools.map((tool) => tool.name)
  if (!names.includes(name)) return err(`There is no tool "${name}".`)
  if (flow.edges.some((one) => one.from === name || one.to === name))
    return err(`"${name}" is connected already; only a tool without edges can be put on one.`)
  const stillMapped = Object.keys(edge.map ?? {})
  const isOnCircle = edgesOnCycles(names, flow.edges).has(edge)
  const { map: _map, ...second } = edge
  const keepsKind = isOnCircle || stillMapped.length === 0
  const halves: Edge[] = [
    { from: edge.from, to: name, kind: isOnCircle ? 'data' : 'order' },
    { ...second, from: name, kind: keepsKind ? edge.kind : 'order' },
  ]
  const edges = flow.edges.flatMap((one) => {
    if (one !== edge) return [one]
    return stillMapped.length > 0 ? [edge, ...halves] : halves
  })
  const edited = withEdges(flow, edges)
  return edited.ok ? ok({ flow: edited.value, stillMapped }) : edited
}

/** Changes an edge's kind, map or what happens on failure. An order edge has no map; an empty map is none. */
export function updateEdge(
  flow: Flow,
  ref: EdgeRef,
  change: Partial<Pick<Edge, 'kind' | 'map' | 'onFailure'>>,
): Edited {
  const changed = (edge: Edge): Edge => {
    const { map, ...next } = { ...edge, ...change }
    return map && next.kind === 'data' && Object.keys(map).length > 0 ? { ...next, map } : next
  }
  const before = flow.edges.find((edge) => isSameEdge(edge, ref))
  if (!before) return ok(flow)
  const after = changed(before)
  if (!isSameEdge(before, after) && flow.edges.some((edge) => isSameEdge(edge, after)))
    return err(`"${after.to}" already has ${after.kind === 'data' ? 'a data' : 'an order'} edge from "${after.from}".`)
  const fault = mapFault(flow, before, after)
  if (fault) return err(fault)
  return withEdges(
    flow,
    flow.edges.map((edge) => (isSameEdge(edge, ref) ? changed(edge) : edge)),
  )
}

/** Why a map cannot be an edge's: an unknown parameter, one that another edge fills, or one named like the source. */
function mapFault(flow: Flow, before: Edge, edge: Edge): string | null {
  if (!edge.map) return null
  const target = flow.tools.find((tool) => tool.name === edge.to)
  const properties = target ? propertiesOf(target) : {}
  if (Object.hasOwn(properties, edge.from))
    return `"${edge.to}" has a parameter named like the tool "${edge.from}"; rename one of them before mapping values.`
  for (const parameter of Object.keys(edge.map)) {
    if (!Object.hasOwn(properties, parameter)) return `"${edge.to}" has no parameter "${parameter}".`
    const other = flow.edges.find(
      (one) => !isSameEdge(one, before) && one.to === edge.to && one.map && Object.hasOwn(one.map, parameter),
    )
    if (other) return `"${parameter}" is already filled by "${other.from}".`
  }
  return null
}

/** The flow with these edges, unless that puts an order edge on a circle: then it is named. One that lay there before can be repaired. */
function withEdges(flow: Flow, edges: Edge[]): Edited {
  const names = flow.tools.map((tool) => tool.name)
  const badIn = (list: Edge[]) => [...edgesOnCycles(names, list)].filter((edge) => edge.kind === 'order')
  const before = badIn(flow.edges)
  const bad = badIn(edges).find((edge) => !before.some((other) => isSameEdge(edge, other)))
  if (!bad) return ok({ ...flow, edges })
  if (bad.from === bad.to)
    return err(`"${bad.to}" cannot run after itself. Only a data edge may lead back to its tool.`)
  const circle = components(successorsOf(names, edges)).find((component) => component.includes(bad.from)) ?? []
  const chain = wayBetween(bad.to, bad.from, edges, new Set(circle))
  return err(
    `That would be a circle: ${[...chain, bad.to].map((name) => `"${name}"`).join(' → ')}. An order edge cannot lie on a circle; every edge of it would have to be a data edge.`,
  )
}

/** The shortest way along edges inside `within`; both ends included. */
function wayBetween(from: string, to: string, edges: readonly Edge[], within: ReadonlySet<string>): string[] {
  const cameFrom = new Map<string, string | null>([[from, null]])
  for (const here of cameFrom.keys())
    for (const edge of edges)
      if (edge.from === here && within.has(edge.to) && !cameFrom.has(edge.to)) cameFrom.set(edge.to, here)
  const way: string[] = []
  for (let at: string | null = to; at !== null; at = cameFrom.get(at) ?? null) way.unshift(at)
  return way
}
