import { AGENT_PLACE } from '@volley/shared/flow/edit.ts'
import type { Flow, Point } from '@volley/shared/flow/flow.ts'
import { edgesOnCycles } from '@volley/shared/lib/graph.ts'
import { AGENT } from '../state/sessionStore.ts'

// Where nodes stand: the size they are drawn in, places for those that have none, and free places. Pure.

export const NODE_WIDTH = 232
export const NODE_HEIGHT = 104
/** How far below a node's top its handles are. */
export const HANDLE_Y = 26
export const GAP_X = 120
export const GAP_Y = 44

export type Size = { width: number; height: number }
const NODE_SIZE: Size = { width: NODE_WIDTH, height: NODE_HEIGHT }
/** How large each node came out; those not yet drawn take the usual size. */
export type Sizes = (name: string) => Size | null

/** A place for every node, by tool name or `AGENT`: the layout's own, and for nodes that it leaves out a column by how deep they depend on others. */
export function placesOf(flow: Flow): Map<string, Point> {
  const places = new Map<string, Point>()
  const own = (key: string) => (Object.hasOwn(flow.layout, key) ? flow.layout[key] : undefined)
  const depths = depthsOf(flow)
  const rows = new Map<number, number>()
  places.set(AGENT, own(AGENT_PLACE) ?? { x: 0, y: 0 })
  for (const tool of flow.tools) {
    const depth = depths.get(tool.name) ?? 0
    const row = rows.get(depth) ?? 0
    const given = own(tool.name)
    if (!given) rows.set(depth, row + 1)
    places.set(tool.name, given ?? { x: (depth + 1) * (NODE_WIDTH + GAP_X), y: row * (NODE_HEIGHT + GAP_Y) })
  }
  return places
}

/** Where something stands already: agent, tools and notes. */
export const takenPlaces = (flow: Flow): Point[] => [...placesOf(flow).values(), ...flow.notes]

/** The part of the drawing that is seen. */
export interface Seen {
  left: number
  top: number
  right: number
  bottom: number
}

/** The place nearest to the wanted one where a node, or a block of some, covers no other; one that is seen whole goes first. */
export function freePlace(
  taken: Iterable<Point>,
  wanted: Point,
  seen: Seen | null = null,
  { width, height }: Size = NODE_SIZE,
): Point {
  const others = [...taken]
  const isFree = (at: Point) =>
    others.every(
      (other) =>
        other.x + NODE_WIDTH + 24 <= at.x ||
        at.x + width + 24 <= other.x ||
        other.y + NODE_HEIGHT + 24 <= at.y ||
        at.y + height + 24 <= other.y,
    )
  if (isFree(wanted)) return wanted
  const rings = Math.ceil(Math.sqrt(others.length)) + 3
  const steps = Array.from({ length: 2 * rings + 1 }, (_, at) => at - rings)
  const around = steps
    .flatMap((column) =>
      steps.map((row) => ({ x: wanted.x + column * (width + 48), y: wanted.y + row * (height + GAP_Y) })),
    )
    .filter(isFree)
    .sort((one, other) => distance(one, wanted) - distance(other, wanted))
  return around.find((at) => isSeenWhole(at, seen, { width, height })) ?? around[0] ?? wanted
}

/** Whether a node at this place is seen whole. Where nothing is known of what is seen, it is. */
export const isSeenWhole = (at: Point, seen: Seen | null, { width, height }: Size = NODE_SIZE): boolean =>
  seen === null || (at.x >= seen.left && at.y >= seen.top && at.x + width <= seen.right && at.y + height <= seen.bottom)

/** Places to the left count as farther: a flow reads from left to right. */
const distance = (at: Point, wanted: Point) =>
  Math.hypot((at.x - wanted.x) * (at.x < wanted.x ? 3 : 1), at.y - wanted.y)

/** How many tools, one after another, each tool waits for at most; edges on cycles do not count. */
export function depthsOf(flow: Pick<Flow, 'tools' | 'edges'>): Map<string, number> {
  const names = flow.tools.map((tool) => tool.name)
  const onCycles = edgesOnCycles(names, flow.edges)
  const edges = flow.edges.filter((edge) => !onCycles.has(edge))
  const depths = new Map(names.map((name) => [name, 0]))
  for (let round = 0, changed = true; changed && round < names.length; round++) {
    changed = false
    for (const { from, to } of edges) {
      const deeper = (depths.get(from) ?? 0) + 1
      if (depths.has(from) && deeper > (depths.get(to) ?? 0)) {
        depths.set(to, deeper)
        changed = true
      }
    }
  }
  return depths
}
