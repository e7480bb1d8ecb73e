export const GLIDE_MS = 280

let end: (() => void) | null = null

/** Lets nodes glide to a new place until that is over, or a pointer takes hold of something. Nothing glides where motion is not wanted. */
export function letGlide(canvas: HTMLElement): void {
  end?.()
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  canvas.dataset.gliding = ''
  const stop = () => {
    clearTimeout(timer)
    canvas.removeEventListener('pointerdown', stop, true)
    delete canvas.dataset.gliding
    end = null
  }
  const timer = setTimeout(stop, GLIDE_MS + 60)
  canvas.addEventListener('pointerdown', stop, true)
  end = stop
}
