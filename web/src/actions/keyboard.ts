import { type Action, isEnabled, perform } from './action.ts'
import { isKeys } from './keys.ts'

/** Lets the keyboard do these actions, wherever the focus is; in a field only those that say so. The answer ends it. */
export function listenToKeys(actions: readonly Action[]): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const inField = isField(event.target)
    const found = actions.find((one) => one.keys.some((keys) => isKeys(event, keys)) && (!inField || one.inFields))
    if (!found || (!found.inFields && isInDialog(event.target))) return
    // What cannot be done now leaves the key to the browser: Ctrl C copies words where words are selected.
    if (!isEnabled(found)) return
    event.preventDefault()
    perform(found)
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select') || target.closest('[role="menu"]') !== null)
  )
}

const isInDialog = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[role="dialog"]') !== null
