import type { Point } from '@volley/shared/flow/flow.ts'
import { create } from 'zustand'
import { around, type Box } from '../actions/boxes.ts'
import { useChoices } from '../state/choices.ts'
import { GRID, type Guide, snap, snapIndex } from './snapping.ts'

/** The lines to draw while one drags. */
export const useGuides = create<{ guides: readonly Guide[] }>(() => ({ guides: [] }))

/** How near, in pixels of the screen, a node must come to snap. */
const REACH = 6

/** Moves what is dragged onto the lines of what is not, from `start` to `end`; moves beside a drag stay as they are. Alt held suspends it. */
export interface DragSnap {
  start(): void
  moved(places: Readonly<Record<string, Point>>, boxes: () => readonly Box[], zoom: number): Record<string, Point>
  end(): void
}

export function createDragSnap(): DragSnap {
  let drag: ReturnType<typeof begin> | null = null
  let isDragging = false
  let isSuspended = false
  const watch = (event: PointerEvent | KeyboardEvent) => {
    isSuspended = event.altKey
  }
  const show = (guides: readonly Guide[]) => {
    if (guides.length + useGuides.getState().guides.length > 0) useGuides.setState({ guides })
  }
  return {
    start() {
      isDragging = true
      for (const type of WATCHED) window.addEventListener(type, watch, true)
    },
    moved(places, boxes, zoom) {
      if (!isDragging) return { ...places }
      drag ??= begin(boxes(), places)
      // A frame is as large as what it holds, which would be what it snaps to.
      if (isSuspended || Object.keys(places).some((key) => !drag?.sizes.has(key))) {
        show([])
        return { ...places }
      }
      const { index, sizes } = drag
      const dragged = Object.entries(places).map(([key, at]) => {
        const { width, height } = sizes.get(key) ?? { width: 0, height: 0 }
        return { ...at, width, height }
      })
      const grid = useChoices.getState().snapsToGrid ? GRID : null
      const { dx, dy, guides } = snap(index, around(dragged), REACH / zoom, grid)
      show(guides)
      return Object.fromEntries(Object.entries(places).map(([key, { x, y }]) => [key, { x: x + dx, y: y + dy }]))
    },
    end() {
      drag = null
      isDragging = false
      for (const type of WATCHED) window.removeEventListener(type, watch, true)
      isSuspended = false
      show([])
    },
  }
}

const WATCHED = ['pointermove', 'keydown', 'keyup'] as const

const begin = (boxes: readonly Box[], dragged: Readonly<Record<string, Point>>) => ({
  index: snapIndex(boxes.filter(({ key }) => !Object.hasOwn(dragged, key))),
  sizes: new Map(boxes.map((box) => [box.key, box])),
})
