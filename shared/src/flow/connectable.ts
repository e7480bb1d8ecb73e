import { successorsOf } from '../lib/graph.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { connect } from './editEdges.ts'
import type { Edge, Flow } from './flow.ts'

/** From which end an edge is drawn: `out` looks for what shall wait, `in` for what shall be waited for. */
export type Direction = 'out' | 'in'

/**
 * The kind of edge by which `to` can be made to depend on `from`: an order, or data where only data may close a circle. Else the
 * reason why there can be none.
 */
export function connectionKind(flow: Flow, from: string, to: string): Result<Edge['kind'], string> {
  const order = connect(flow, from, to)
  if (order.ok) return ok('order')
  return connect(flow, from, to, 'data').ok ? ok('data') : err(order.error)
}

/** The ends of the edge that is drawn from `tool` to `other`. */
export function endsOf(tool: string, direction: Direction, other: string): { from: string; to: string } {
  return direction === 'out' ? { from: tool, to: other } : { from: other, to: tool }
}

/** The other tools that an edge drawn from this one can reach. */
export function connectableTools(flow: Flow, tool: string, direction: Direction): Set<string> {
  const names = flow.tools.map((one) => one.name)
  const taken = new Set(
    flow.edges.flatMap(({ from, to }) =>
      direction === 'out' ? (from === tool ? [to] : []) : to === tool ? [from] : [],
    ),
  )
  // Only what lies on a way back can close a circle, and has to be asked one by one.
  const back = reached(names, direction === 'out' ? reversed(flow.edges) : flow.edges, tool)
  const isOpen = (name: string) => {
    if (!back.has(name)) return true
    const { from, to } = endsOf(tool, direction, name)
    return connectionKind(flow, from, to).ok
  }
  return new Set(names.filter((name) => name !== tool && !taken.has(name) && isOpen(name)))
}

const reversed = (edges: readonly Edge[]) => edges.map(({ from, to }) => ({ from: to, to: from }))

function reached(names: readonly string[], edges: readonly { from: string; to: string }[], start: string): Set<string> {
  const successors = successorsOf(names, edges)
  const found = new Set([start])
  for (const node of found) for (const next of successors.get(node) ?? []) found.add(next)
  return found
}
