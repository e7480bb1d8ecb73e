import { updateNote } from '@volley/shared/flow/edit.ts'
import type { Note } from '@volley/shared/flow/flow.ts'
import { useReactFlow } from '@xyflow/react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useFlowStore } from '../state/flowStore.ts'
import { arrowOf } from './nudge.ts'

const LEAST = { width: 120, height: 56 }
const MOST = 1600

/** The corner by which a note is made larger or smaller: one drag is one step. */
export function NoteCorner({ note }: { note: Note }) {
  const { getZoom } = useReactFlow()
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    event.stopPropagation()
    const corner = event.currentTarget
    const size = sizeOnScreen(corner)
    const start = { x: event.clientX, y: event.clientY }
    const onMove = (at: globalThis.PointerEvent) =>
      resize(note.id, {
        width: size.width + (at.clientX - start.x) / getZoom(),
        height: size.height + (at.clientY - start.y) / getZoom(),
      })
    const onEnd = () => {
      corner.removeEventListener('pointermove', onMove)
      useFlowStore.getState().seal()
    }
    corner.setPointerCapture(event.pointerId)
    corner.addEventListener('pointermove', onMove)
    corner.addEventListener('lostpointercapture', onEnd, { once: true })
  }
  return (
    <span
      aria-hidden
      title="Drag to resize; Alt and the arrow keys do the same"
      className="note-corner nodrag nopan"
      onPointerDown={onPointerDown}
    />
  )
}

/** Alt and an arrow key make a note larger or smaller. Answers whether the key was that. */
export function resizeByKey(event: KeyboardEvent<HTMLElement>, note: Note): boolean {
  const by = event.altKey ? arrowOf(event) : null
  if (!by) return false
  event.preventDefault()
  const { offsetWidth, offsetHeight } = event.currentTarget
  resize(note.id, { width: offsetWidth + by.x, height: offsetHeight + by.y })
  return true
}

function resize(id: string, { width, height }: { width: number; height: number }) {
  const size = {
    width: Math.round(Math.min(MOST, Math.max(LEAST.width, width))),
    height: Math.round(Math.min(MOST, Math.max(LEAST.height, height))),
  }
  useFlowStore.getState().change('Resize the note', (flow) => updateNote(flow, id, size), `resize:${id}`)
}

function sizeOnScreen(corner: HTMLElement): { width: number; height: number } {
  const { offsetWidth: width, offsetHeight: height } = corner.closest<HTMLElement>('[data-note]') ?? corner
  return { width, height }
}
