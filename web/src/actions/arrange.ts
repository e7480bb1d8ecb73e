import { useFlowStore } from '../state/flowStore.ts'
import { canvasView } from '../state/view.ts'
import type { Now } from './action.ts'
import type { Places } from './arrangement.ts'
import { type Box, boxesOf } from './boxes.ts'
import { moveNodes } from './moveNodes.ts'

/** Lets nodes glide to other places: the document changes once, and the step is undone like any other. */
export function arrange(name: string, places: Places): void {
  canvasView()?.glide()
  useFlowStore.getState().change(name, (flow) => moveNodes(flow, places))
}

/** The boxes of the nodes among a selection. */
export function selectedBoxes({ flow, selection }: Pick<Now, 'flow' | 'selection'>): Box[] {
  const chosen = new Set(selection)
  return boxesOf(flow, (key) => canvasView()?.sizeOf(key) ?? null).filter((box) => chosen.has(box.key))
}
