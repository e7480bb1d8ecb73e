import type { Point } from '@volley/shared/flow/flow.ts'

/** Where on its way a label may stand, as a share of the curve's parameter; the middle is best. */
const SHARES = [0.5, 0.34, 0.66, 0.22, 0.78]
/** Labels nearer than this are hard to tell apart, and to hit. */
const ROOM = { width: 110, height: 28 }
const NODE_WIDTH = 230

/**
 * For each edge where on its curve the label stands: the middle, or a place beside it where the middle is taken by another label.
 * Works on the layout alone, so that a label never jumps while a node is being measured.
 */
export function labelPlaces(
  edges: readonly { id: string; from: string; to: string }[],
  places: ReadonlyMap<string, Point>,
): Map<string, number> {
  const taken = new Map<string, Point[]>()
  const shares = new Map<string, number>()
  for (const { id, from, to } of edges) {
    const [start, end] = [places.get(from), places.get(to)]
    if (!start || !end) continue
    const source = { x: start.x + NODE_WIDTH, y: start.y }
    const share = SHARES.find((one) => isFree(pointOnCurve(source, end, one), taken)) ?? 0.5
    shares.set(id, share)
    const at = pointOnCurve(source, end, share)
    const cell = cellOf(at)
    taken.set(cell, [...(taken.get(cell) ?? []), at])
  }
  return shares
}

/** A point of the curve that React Flow draws from a handle on the right to one on the left (cubic Bézier, curvature 0.25). */
export function pointOnCurve(source: Point, target: Point, share: number): Point {
  const dx = target.x - source.x
  const reach = dx >= 0 ? dx / 2 : 6.25 * Math.sqrt(-dx)
  const rest = 1 - share
  const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3]
  return {
    x: a * source.x + b * (source.x + reach) + c * (target.x - reach) + d * target.x,
    y: (a + b) * source.y + (c + d) * target.y,
  }
}

function isFree(at: Point, taken: ReadonlyMap<string, readonly Point[]>): boolean {
  for (const dx of [-1, 0, 1]) {
    for (const dy of [-1, 0, 1]) {
      const near = taken.get(cellOf({ x: at.x + dx * ROOM.width, y: at.y + dy * ROOM.height })) ?? []
      if (near.some((other) => Math.abs(other.x - at.x) < ROOM.width && Math.abs(other.y - at.y) < ROOM.height))
        return false
    }
  }
  return true
}

const cellOf = ({ x, y }: Point) => `${Math.floor(x / ROOM.width)} ${Math.floor(y / ROOM.height)}`
