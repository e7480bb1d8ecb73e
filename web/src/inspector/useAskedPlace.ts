import { useEffect } from 'react'
import { usePlace } from '../state/place.ts'

/** Where someone is being led to a place in what `key` shows: opens its tab and gives its field the focus. */
export function useAskedPlace(key: string | null, onTab: (tab: string) => void): void {
  const asked = usePlace((store) => store.asked)
  useEffect(() => {
    if (asked === null || asked.key !== key) return
    if (asked.tab !== null) onTab(asked.tab)
    return whenDrawn(() => {
      focusField(asked.field)
      usePlace.getState().arrive()
    })
  }, [asked, key, onTab])
}

/** Two frames later: the tab has been drawn, and menus have given the focus back. */
function whenDrawn(then: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(then)
  })
  return () => cancelAnimationFrame(frame)
}

const FOCUSABLE = 'input, select, textarea, button, [contenteditable="true"], [tabindex="0"]'

/** Focuses a field of the inspector, or the nearest part around it that there is: `run.headers.Accept` gives `run.headers`. */
function focusField(field: string) {
  const inspector = document.querySelector('section[aria-label="Inspector"]')
  const parts = field.split('.')
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.')
    const found = inspector?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`)
    if (!found) continue
    found.scrollIntoView({ block: 'nearest' })
    const target = found.matches(FOCUSABLE) ? found : found.querySelector<HTMLElement>(FOCUSABLE)
    return target?.focus()
  }
  inspector?.querySelector<HTMLElement>('[data-inspector-first], [role="tabpanel"]')?.focus()
}
