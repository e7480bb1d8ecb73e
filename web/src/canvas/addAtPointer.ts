import { type Point, RUN_KINDS, type RunKind } from '@volley/shared/flow/flow.ts'
import type { DragEvent, MouseEvent as ReactMouseEvent } from 'react'
import { addToolOfKind, TOOL_DRAG } from '../actions/addTool.ts'
import { type Joint, useQuickAdd } from '../state/quickAdd.ts'
import { edgeUnder, useEdgeDrop } from './edgeDrop.ts'

// How the pointer puts new tools on the drawing: a double click, a connection into nothing, a palette entry that is dropped.

/** Where on the screen a mouse or a finger is. */
export function pointOf(event: MouseEvent | TouchEvent | ReactMouseEvent): Point {
  const { clientX: x, clientY: y } = 'changedTouches' in event ? (event.changedTouches[0] ?? NOWHERE) : event
  return { x, y }
}

/** Asks for a tool where a double click hit nothing; in a group's frame, for one that joins the group. */
export function askOnDoubleClick(event: ReactMouseEvent, at: Point) {
  const target = event.target as HTMLElement
  const group = target.matches('.group-frame') ? target.dataset.toolGroup : undefined
  askAt(target, at, group === undefined ? { is: 'alone' } : { is: 'in', group })
}

/** Asks for a tool at a point, if the pointer is over the bare drawing there. */
export function askAt(target: EventTarget | null, at: Point, joint: Joint) {
  if (target instanceof Element && target.matches('.react-flow__pane, .group-frame'))
    useQuickAdd.getState().open({ at, joint })
}

export function onPaletteOver(event: DragEvent) {
  if (!event.dataTransfer.types.includes(TOOL_DRAG)) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
  useEdgeDrop.getState().aim(edgeUnder(pointOf(event)))
}

/** Puts the dropped kind of tool there, or on the edge that it was dropped on. */
export function onPaletteDrop(event: DragEvent, at: Point) {
  const kind = event.dataTransfer.getData(TOOL_DRAG)
  const { edge, aim } = useEdgeDrop.getState()
  aim(null)
  if (!RUN_KINDS.includes(kind as RunKind)) return
  event.preventDefault()
  addToolOfKind(kind as RunKind, edge ? { at, exact: true, joint: { is: 'between', edge } } : { at })
}

const NOWHERE = { clientX: 0, clientY: 0 }
