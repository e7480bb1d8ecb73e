// Keys as actions write them: "Mod+Shift+Z", "Delete", "/". Pure.

export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Whether a press is these keys. `Mod` is Ctrl or ⌘, whichever the keyboard has. */
export function isKeys(press: KeyPress, keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  const shift = parts.includes('Shift')
  if (mod !== (press.ctrlKey || press.metaKey) || press.altKey) return false
  // A sign such as "/" or "?" may need Shift on some keyboards; letters and named keys say whether they do.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (!isSign && shift !== press.shiftKey) return false
  return press.key.toLowerCase() === key.toLowerCase()
}

const MAC: Record<string, string> = { Mod: '⌘', Shift: '⇧', Enter: '↵', Delete: '⌫', Backspace: '⌫' }
const OTHERS: Record<string, string> = { Mod: 'Ctrl', Enter: '↵', Delete: 'Del' }

/** The keys as they are shown: `⌘↵` on a Mac, `Ctrl ↵` elsewhere. */
export function showKeys(keys: string, isMac: boolean): string {
  const names = isMac ? MAC : OTHERS
  return keys
    .split('+')
    .map((key) => names[key] ?? key)
    .join(isMac ? '' : ' ')
}

/** Whether this browser runs on a Mac, whose keyboards have ⌘. */
export const onMac = () => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
