import { useChoices } from '../state/choices.ts'
import { type Action, isEnabled, perform } from './action.ts'
import { isKeys, isSingleKey } from './keys.ts'

/** Lets the keyboard do these actions, wherever the focus is; in a field only those that say so. The answer ends it. */
export function listenToKeys(actions: readonly Action[]): () => void {
  const ends = [listenToKeyDown(actions.filter((one) => !one.clipboard)), ...actions.map(listenToClipboard)]
  return () => {
    for (const end of ends) end()
  }
}

/** Copy, cut and paste of the browser, for what is no text: in a field, and where words are selected, they stay the browser's own. */
function listenToClipboard(one: Action): () => void {
  const { clipboard } = one
  if (!clipboard) return () => {}
  const onEvent = (event: ClipboardEvent) => {
    if (event.defaultPrevented || !event.clipboardData) return
    if (isField(event.target) || isInDialog(event.target) || !isEnabled(one)) return
    event.preventDefault()
    clipboard.handle(event.clipboardData)
  }
  window.addEventListener(clipboard.event, onEvent)
  return () => window.removeEventListener(clipboard.event, onEvent)
}

function listenToKeyDown(actions: readonly Action[]): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const inField = isField(event.target)
    const { hasSingleKeys } = useChoices.getState()
    const does = (keys: string) => isKeys(event, keys) && (hasSingleKeys || !isSingleKey(keys))
    const found = actions.find((one) => one.keys.some(does) && (!inField || one.inFields))
    if (!found || (!found.inFields && isInDialog(event.target))) return
    // What cannot be done now leaves the key to the browser.
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
