import { create } from 'zustand'

// What a person chose, for this browser: kept in its storage, no part of any flow.

interface Choices {
  snapsToGrid: boolean
  /** Whether a sign alone, without Ctrl or ⌘, does something. Who speaks to the computer turns it off (WCAG 2.1.4). */
  hasSingleKeys: boolean
  setSnapsToGrid(snapsToGrid: boolean): void
  setSingleKeys(hasSingleKeys: boolean): void
}

const GRID_KEY = 'volley.grid'
const SINGLE_KEYS_KEY = 'volley.singleKeys'

export const useChoices = create<Choices>((set) => ({
  snapsToGrid: read(GRID_KEY) === 'on',
  hasSingleKeys: read(SINGLE_KEYS_KEY) !== 'off',
  setSnapsToGrid: (snapsToGrid) => {
    write(GRID_KEY, snapsToGrid ? 'on' : 'off')
    set({ snapsToGrid })
  },
  setSingleKeys: (hasSingleKeys) => {
    write(SINGLE_KEYS_KEY, hasSingleKeys ? 'on' : 'off')
    set({ hasSingleKeys })
  },
}))

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A full or forbidden storage: the choice holds as long as the page.
  }
}
