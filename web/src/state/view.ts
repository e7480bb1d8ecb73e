import type { Point } from '@volley/shared/flow/flow.ts'

/** What the canvas can do for others, while there is one: actions ask here instead of knowing the drawing library. */
export interface CanvasView {
  fit(): void
  /** Shows these nodes, as large as the canvas lets them be. */
  fitTo(keys: readonly string[]): void
  /** Makes everything larger or smaller by a factor, around the middle. */
  zoom(factor: number): void
  /** 1 is the size that nodes are drawn in. */
  zoomTo(level: number): void
  /** Lets nodes that change their place from now on glide there, for the moment that takes. */
  glide(): void
  /** The middle of what is seen, in the flow's coordinates. */
  centre(): Point
  /** Where the pointer was last over the canvas, in the flow's coordinates; null when it never was, or that place is out of sight. */
  pointer(): Point | null
  /** A place of the flow on the screen. */
  onScreen(at: Point): Point
  /** What is seen and not covered by the canvas's own tools, in the flow's coordinates. */
  seen(): { left: number; top: number; right: number; bottom: number } | null
  /** How large a node came out, or null before it was drawn. */
  sizeOf(key: string): { width: number; height: number } | null
  /** Moves the view to a node that is not seen whole. */
  reveal(key: string): void
  /** Gives a tool's node the keyboard, where it is seen. */
  focus(tool: string): void
}

let view: CanvasView | null = null

/** Tells of the canvas that is now on the page; the answer takes it away again. */
export function offerCanvas(canvas: CanvasView): () => void {
  view = canvas
  return () => {
    if (view === canvas) view = null
  }
}

export const canvasView = () => view

/** Takes the keyboard to a tool, on the canvas or in the list. */
export function focusTool(name: string): void {
  if (view) view.focus(name)
  else document.querySelector<HTMLElement>(`[data-tool="${CSS.escape(name)}"]`)?.focus()
}
