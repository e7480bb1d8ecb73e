// Keys and gestures that belong to what has the focus or to the pointer, not to an action. The sheet of keys lists them beside the actions.

export interface OtherKeys {
  /** As actions write keys; words that are no keys stay as they are. */
  keys: readonly string[]
  what: string
}

export const CANVAS_KEYS: readonly OtherKeys[] = [
  { keys: ['Tab'], what: 'Go from tool to tool' },
  { keys: ['Enter'], what: 'Open a tool’s properties' },
  { keys: ['←', '↑', '→', '↓'], what: 'Move the tool, or all that are selected' },
  { keys: ['Shift+←', 'Shift+→'], what: 'Move it farther' },
  { keys: ['Escape'], what: 'Select nothing' },
  { keys: ['Shift+F10'], what: 'Open the menu of what has the focus' },
  { keys: ['Space+drag'], what: 'Move the view' },
  { keys: ['Shift+drag'], what: 'Select what lies in a frame' },
  { keys: ['Mod+wheel'], what: 'Zoom at the pointer' },
  { keys: ['Alt+drag'], what: 'Move without snapping' },
]
