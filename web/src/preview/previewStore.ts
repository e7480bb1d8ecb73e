import { create } from 'zustand'
import { type Choice, NO_CHOICE } from './choice.ts'

// SESSION: what was picked, kept while the dialog is closed to change the flow, for as long as the same flow is open.

interface PreviewStore {
  /** The opening of a flow that it was picked for. */
  opened: number
  choice: Choice
  choose(opened: number, choice: Choice): void
}

export const usePreviewStore = create<PreviewStore>((set) => ({
  opened: -1,
  choice: NO_CHOICE,
  choose: (opened, choice) => set({ opened, choice }),
}))
