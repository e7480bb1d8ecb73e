import { useFlowStore } from '../state/flowStore.ts'
import { AGENT, noteKey } from '../state/sessionStore.ts'
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

/** How many nodes are among a selection. Asked whenever anything changes, so it looks at no place. */
export function countSelectedNodes({ flow, selection }: Pick<Now, 'flow' | 'selection'>): number {
  const chosen = new Set(selection)
  const isChosen = (key: string) => chosen.has(key)
  if (chosen.size < 2) return chosen.size
  return [AGENT, ...flow.tools.map((tool) => tool.name), ...flow.notes.map((note) => noteKey(note.id))].filter(isChosen)
    .length
}
