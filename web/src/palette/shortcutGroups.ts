import { CANVAS_KEYS } from '../actions/canvasKeys.ts'
import type { ActionGroup } from '../actions/index.ts'
import { showKeys } from '../actions/keys.ts'
import { CHART_KEYS } from '../trace/chart/chartKeys.ts'

export interface Shortcut {
  what: string
  /** Each a way to do it, as the keyboard names its keys. */
  keys: readonly string[]
}

export interface ShortcutGroup {
  title: string
  shortcuts: readonly Shortcut[]
}

/** Every key there is, read off the actions that have one; of these the ones that the words name, by what they do or by their keys. */
export function shortcutGroups(groups: readonly ActionGroup[], isMac: boolean, words = ''): ShortcutGroup[] {
  const shown = (keys: readonly string[]) => keys.map((one) => showKeys(one, isMac))
  const all: ShortcutGroup[] = [
    ...groups.map(({ title, actions }) => ({
      title,
      shortcuts: actions
        .filter(({ keys }) => keys.length > 0)
        .map(({ label, keys }) => ({ what: label, keys: shown(keys) })),
    })),
    { title: 'On the canvas', shortcuts: CANVAS_KEYS.map(({ keys, what }) => ({ what, keys: shown(keys) })) },
    { title: 'On the timeline', shortcuts: CHART_KEYS.map(({ keys, what }) => ({ what, keys: shown(keys) })) },
  ]
  const wanted = words.toLowerCase().split(/\s+/)
  const isFound = ({ what, keys }: Shortcut) =>
    wanted.every((word) => `${what} ${keys.join(' ')}`.toLowerCase().includes(word))
  return all
    .map(({ title, shortcuts }) => ({ title, shortcuts: shortcuts.filter(isFound) }))
    .filter(({ shortcuts }) => shortcuts.length > 0)
}
