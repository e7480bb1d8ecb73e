import { groupsOf } from '@volley/shared/flow/editGroups.ts'
import type { Flow, Group, Point } from '@volley/shared/flow/flow.ts'
import { groupKey } from '../state/sessionStore.ts'
import { NODE_HEIGHT, NODE_WIDTH, type Size } from './layout.ts'

/** The room between a frame and the tools in it. */
const PAD = 18
const TITLE_HEIGHT = 30

export interface Frame extends Point, Size {
  group: Group
}

/** The frame around each group's tools, from where they stand and how large they came out. It is never stored. */
export function groupFrames(flow: Flow, places: ReadonlyMap<string, Point>, sizes: ReadonlyMap<string, Size>): Frame[] {
  return groupsOf(flow).flatMap((group) => {
    const boxes = group.tools.flatMap((name) => {
      const at = places.get(name)
      return at ? [{ ...at, ...(sizes.get(name) ?? { width: NODE_WIDTH, height: NODE_HEIGHT }) }] : []
    })
    if (boxes.length === 0) return []
    const x = Math.min(...boxes.map((box) => box.x)) - PAD
    const y = Math.min(...boxes.map((box) => box.y)) - PAD - TITLE_HEIGHT
    const right = Math.max(...boxes.map((box) => box.x + box.width)) + PAD
    const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + PAD
    return [{ group, x, y, width: right - x, height: bottom - y }]
  })
}

/** Where each frame stands, by the group's key. */
export const groupPlaces = (flow: Flow, places: ReadonlyMap<string, Point>): [string, Point][] =>
  groupFrames(flow, places, new Map()).map(({ group, x, y }) => [groupKey(group.id), { x, y }])

/** Where a group's tools go when the corner of its frame is put somewhere. */
export function movedMembers(
  flow: Flow,
  places: ReadonlyMap<string, Point>,
  id: string,
  corner: Point,
): Record<string, Point> {
  const frame = groupFrames(flow, places, new Map()).find(({ group }) => group.id === id)
  if (!frame) return {}
  const [dx, dy] = [corner.x - frame.x, corner.y - frame.y]
  return Object.fromEntries(
    frame.group.tools.flatMap((name) => {
      const at = places.get(name)
      return at ? [[name, { x: at.x + dx, y: at.y + dy }]] : []
    }),
  )
}
