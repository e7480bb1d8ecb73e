import { useEffect } from 'react'
import { usePlace } from '../state/place.ts'

/** Where someone is being led to a place in what `key` shows: opens its tab and gives its field the focus. */
export function useAskedPlace(key: string | null, onTab: (tab: string) => void): void {
  const asked = usePlace((store) => store.asked)
  useEffect(() => {
    if (asked === null || asked.key !== key) return
    if (asked.tab !== null) onTab(asked.tab)
    return whenDrawn(asked.field, (element) => {
      element?.focus()
      usePlace.getState().arrive()
    })
  }, [asked, key, onTab])
}

/** A tab may still have to be loaded: after so many frames the nearest part that there is will do. */
const MOST_FRAMES = 60

/** Tells the field's control once it is drawn, and not before menus have given the focus back. */
function whenDrawn(field: string, then: (element: HTMLElement | null) => void): () => void {
  let frames = 0
  let frame = 0
  const look = () => {
    frames++
    const exact = frames > 1 ? controlOf(field) : null
    if (exact) return then(exact)
    if (frames >= MOST_FRAMES) return then(nearest(field))
    frame = requestAnimationFrame(look)
  }
  frame = requestAnimationFrame(look)
  return () => cancelAnimationFrame(frame)
}

const inspector = () => document.querySelector('section[aria-label="Inspector"]')
const FOCUSABLE = 'input, select, textarea, [contenteditable="true"], button, [tabindex="0"]'

function controlOf(field: string): HTMLElement | null {
  const found = inspector()?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`)
  return found?.matches(FOCUSABLE) ? found : (found?.querySelector<HTMLElement>(FOCUSABLE) ?? null)
}

/** `run.headers.Accept` is mended at `run.headers`, and where that is not there, in the tab. */
function nearest(field: string): HTMLElement | null {
  const parts = field.split('.')
  for (let length = parts.length - 1; length > 0; length--) {
    const found = controlOf(parts.slice(0, length).join('.'))
    if (found) return found
  }
  return inspector()?.querySelector<HTMLElement>('[role="tabpanel"], [data-inspector-first]') ?? null
}
