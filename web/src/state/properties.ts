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
  // After the properties were drawn, and after a sheet of them took the focus for itself.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-inspector-first]')?.focus()),
  )
}
