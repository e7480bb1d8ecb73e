import type { Flow, Point } from '@volley/shared/flow/flow.ts'
import { AGENT, noteKey } from '../state/sessionStore.ts'
import { NODE_HEIGHT, NODE_WIDTH, placesOf, type Size, type Sizes } from './layout.ts'

/** A node as it stands on the canvas. */
export interface Box extends Point, Size {
  key: string
}

const NOTE_SIZE: Size = { width: 180, height: 100 }

/** The box of every node: agent, tools, notes. Those not yet drawn take the usual size. */
export function boxesOf(flow: Flow, sizeOf: Sizes): Box[] {
  const places = placesOf(flow)
  const box = (key: string, { x, y }: Point, usual: Size): Box => ({ key, x, y, ...(sizeOf(key) ?? usual) })
  return [
    ...[AGENT, ...flow.tools.map((tool) => tool.name)].map((key) =>
      box(key, places.get(key) ?? { x: 0, y: 0 }, { width: NODE_WIDTH, height: NODE_HEIGHT }),
    ),
    ...flow.notes.map((note) => box(noteKey(note.id), note, NOTE_SIZE)),
  ]
}

/** The smallest box around others. */
export function around(boxes: readonly Omit<Box, 'key'>[]): Omit<Box, 'key'> {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}
