import { endsOf } from '@volley/shared/flow/connectable.ts'
import { useConnection } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { connectionWords } from '../actions/connectTools.ts'
import { useConnecting } from '../state/connecting.ts'

/** While an edge is drawn by pointer: beside it, what the edge would do, or why it cannot be. */
export function ConnectionLabel() {
  const isDrawn = useConnection((connection) => connection.inProgress)
  return isDrawn ? <Label /> : null
}

function Label() {
  const { tool, direction, over, hover } = useConnecting()
  const box = useRef<HTMLDivElement>(null)
  /** The node whose handle is near enough to take the edge: it counts before what lies under the pointer. */
  const near = useConnection((connection) => connection.toNode?.id ?? null)
  const nearest = useRef(near)
  nearest.current = near
  useEffect(() => {
    const onMove = ({ clientX, clientY }: PointerEvent | MouseEvent) => {
      hover(nearest.current ?? toolAt(clientX, clientY))
      const isLeft = clientX > window.innerWidth - 340
      if (box.current)
        box.current.style.transform = `translate(${clientX + (isLeft ? -14 : 14)}px, ${clientY + 16}px) translateX(${isLeft ? '-100%' : '0'})`
    }
    // Before the drawing library looks: what it tells of the end of the drag must be as new as the pointer.
    window.addEventListener('pointermove', onMove, true)
    return () => window.removeEventListener('pointermove', onMove, true)
  }, [hover])
  useEffect(() => {
    if (near !== null) hover(near)
  }, [near, hover])
  const ends = tool !== null && over !== null && (over !== tool || near === tool) ? endsOf(tool, direction, over) : null
  const said = ends && connectionWords(ends.from, ends.to)
  return createPortal(
    <div ref={box} className="connection-label" data-can-be={said?.canBe} role="status" hidden={!said}>
      {said?.words}
    </div>,
    document.body,
  )
}

const toolAt = (x: number, y: number): string | null =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-tool]')?.dataset.tool ?? null
