import type { Point } from '@volley/shared/flow/flow.ts'
import { around, type Box } from './boxes.ts'

// Where boxes go when they are aligned or given equal gaps. Pure.

export const SIDES = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
export type Side = (typeof SIDES)[number]
export type Direction = 'across' | 'down'
export type Places = Record<string, Point>

/** Puts boxes on one line: a side of the box around all of them, or its middle. */
export function alignedPlaces(boxes: readonly Box[], side: Side): Places {
  const all = around(boxes)
  const placeOf = ({ x, y, width, height }: Box): Point => {
    switch (side) {
      case 'left':
        return { x: all.x, y }
      case 'centre':
        return { x: all.x + (all.width - width) / 2, y }
      case 'right':
        return { x: all.x + all.width - width, y }
      case 'top':
        return { x, y: all.y }
      case 'middle':
        return { x, y: all.y + (all.height - height) / 2 }
      case 'bottom':
        return { x, y: all.y + all.height - height }
    }
  }
  return Object.fromEntries(boxes.map((box) => [box.key, placeOf(box)]))
}

/** Leaves the first and the last where they are and makes the gaps between all equal, in the order in which they stand. */
export function distributedPlaces(boxes: readonly Box[], direction: Direction): Places {
  const [start, length] = direction === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const)
  const sorted = [...boxes].sort((one, other) => one[start] + one[length] / 2 - other[start] - other[length] / 2)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last || sorted.length < 3) return {}
  const room = last[start] + last[length] - first[start]
  const gap = (room - sorted.reduce((sum, box) => sum + box[length], 0)) / (sorted.length - 1)
  let at = first[start]
  return Object.fromEntries(
    sorted.map((box) => {
      const place = { x: box.x, y: box.y, [start]: at }
      at += box[length] + gap
      return [box.key, place]
    }),
  )
}
