// Keys as actions write them: "Mod+Shift+Z", "Delete", "/", "Plus". Pure.

export interface KeyPress {
  key: string
  /** The place on the keyboard: `Digit1`. */
  code?: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Whether a press is these keys. `Mod` is Ctrl or ⌘, whichever the keyboard has. */
export function isKeys(press: KeyPress, keys: string): boolean {
  const parts = keys.split('+')
  const key = SIGNS[parts.at(-1) ?? ''] ?? parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  const shift = parts.includes('Shift')
  if (mod !== (press.ctrlKey || press.metaKey) || press.altKey) return false
  // A sign such as "/" or "?" may need Shift on some keyboards; letters and named keys say whether they do.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (!isSign && shift !== press.shiftKey) return false
  // With Shift a digit's key gives a sign, another one on every keyboard.
  if (shift && /^\d$/.test(key) && press.code === `Digit${key}`) return true
  return press.key.toLowerCase() === key.toLowerCase()
}

/** Whether these keys are one letter, digit or sign alone, as someone types it or a voice is misheard for it. */
export const isSingleKey = (keys: string): boolean => keys in SIGNS || [...keys].length === 1

/** Signs that cannot be written as themselves between "+". */
const SIGNS: Record<string, string> = { Plus: '+' }
const MAC: Record<string, string> = {
  ...SIGNS,
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↵',
  Delete: '⌫',
  Backspace: '⌫',
}
const OTHERS: Record<string, string> = { ...SIGNS, Mod: 'Ctrl', Enter: '↵', Delete: 'Del' }

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

/** An action's keys as a menu shows them, for this keyboard. */
export const shownKeys = ({ keys: [first] }: { keys: readonly string[] }): string | undefined =>
  first && showKeys(first, onMac())
