import { AGENT_PLACE, move, updateNote } from '@volley/shared/flow/edit.ts'
import type { Flow, Point } from '@volley/shared/flow/flow.ts'
import type { EdgeChange, NodeChange } from '@xyflow/react'
import { placesOf, type Size } from '../actions/layout.ts'
import { AGENT, groupKey, noteKey } from '../state/sessionStore.ts'
import { movedMembers } from './groupFrames.ts'
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

const NOTE = noteKey('')
const GROUP = groupKey('')

/** The flow with its nodes where they were moved to; a group's frame takes its tools along. */
export function moveNodes(flow: Flow, moved: Readonly<Record<string, Point>>): Flow {
  const places: Record<string, Point> = {}
  let next = flow
  for (const [id, point] of Object.entries(moved)) {
    const at = { x: Math.round(point.x), y: Math.round(point.y) }
    if (id.startsWith(NOTE)) next = updateNote(next, id.slice(NOTE.length), at)
    else if (id.startsWith(GROUP)) Object.assign(places, movedMembers(flow, placesOf(flow), id.slice(GROUP.length), at))
    else places[id === AGENT ? AGENT_PLACE : id] = at
  }
  return move(next, places)
}
