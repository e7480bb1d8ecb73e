import type { Point } from '@volley/shared/flow/flow.ts'
import type { EdgeChange, NodeChange } from '@xyflow/react'
import type { Size } from '../actions/layout.ts'
import type { CanvasEdge, CanvasNode } from './toReactFlow.ts'

/** What a batch of React Flow's changes means: nodes that moved, sizes that came out, and the selection after it. */
export interface CanvasChange {
  moved: Record<string, Point>
  sizes: Map<string, Size>
  selection: string[] | null
  /** The pointer let go: the drag is one finished step. */
  isDragEnd: boolean
}

/** Reads React Flow's changes as changes of ours. Removals are not read: deleting is an action, with its own key and undo. */
export function fromReactFlow(
  changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[],
  selection: readonly string[],
): CanvasChange {
  const result: CanvasChange = { moved: {}, sizes: new Map(), selection: null, isDragEnd: false }
  const selected = new Set(selection)
  for (const change of changes) {
    if (change.type === 'position') {
      if (change.position) result.moved[change.id] = change.position
      if (change.dragging === false) result.isDragEnd = true
    } else if (change.type === 'dimensions' && change.dimensions) result.sizes.set(change.id, change.dimensions)
    else if (change.type === 'select') {
      if (change.selected) selected.add(change.id)
      else selected.delete(change.id)
      result.selection = [...selected]
    }
  }
  return result
}
