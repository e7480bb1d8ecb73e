import { create } from 'zustand'

// What a person chose about the canvas, for this browser: kept in its storage, no part of any flow.

interface CanvasChoices {
  snapsToGrid: boolean
  setSnapsToGrid(snapsToGrid: boolean): void
}

const GRID_KEY = 'volley.grid'

export const useCanvasChoices = create<CanvasChoices>((set) => ({
  snapsToGrid: read(GRID_KEY) === 'on',
  setSnapsToGrid: (snapsToGrid) => {
    write(GRID_KEY, snapsToGrid ? 'on' : 'off')
    set({ snapsToGrid })
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
