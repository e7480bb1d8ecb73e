import type { Point } from '@volley/shared/flow/flow.ts'
import { useEffect, useRef } from 'react'

/** Remembers where on the screen the pointer was last over the drawing, not over what covers it: toolbar, small map, menus. */
export function useLastPointer(): { readonly current: Point | null } {
  const last = useRef<Point | null>(null)
  useEffect(() => {
    const drawing = document.querySelector<HTMLElement>('.react-flow__renderer')
    const keep = (event: PointerEvent) => {
      last.current = { x: event.clientX, y: event.clientY }
    }
    drawing?.addEventListener('pointermove', keep)
    drawing?.addEventListener('pointerdown', keep)
    return () => {
      drawing?.removeEventListener('pointermove', keep)
      drawing?.removeEventListener('pointerdown', keep)
    }
  }, [])
  return last
}
