import { create } from 'zustand'
import { useSessionStore } from './sessionStore.ts'

// SESSION: on a narrow screen tools and properties are sheets over the canvas; one of them at most is open.

interface SheetStore {
  sheet: 'tools' | 'properties' | null
  show(sheet: 'tools' | 'properties' | null): void
}

export const useSheets = create<SheetStore>((set) => ({ sheet: null, show: (sheet) => set({ sheet }) }))

/** Selects, and takes the keyboard to the first field of what is selected, wherever the properties are. */
export function openProperties(selection: readonly string[]): void {
  useSessionStore.getState().select(selection)
  useSheets.getState().show('properties')
  focusWhenThere(MOST_FRAMES)
}

/** About two seconds: properties that are opened for the first time have to be fetched. */
const MOST_FRAMES = 120

/** Waits for the properties to be drawn, and for a sheet of them to have taken the focus for itself. */
function focusWhenThere(frames: number, seen = 0): void {
  requestAnimationFrame(() => {
    const first = document.querySelector<HTMLElement>('[data-inspector-first]')
    if (first?.offsetParent && seen > 0) first.focus()
    else if (frames > 0) focusWhenThere(frames - 1, first?.offsetParent ? seen + 1 : 0)
  })
}
