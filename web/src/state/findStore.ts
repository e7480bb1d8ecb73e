import { create } from 'zustand'

/** What is looked for in the flow. Closed, the words are kept for the next time. */
interface FindStore {
  isOpen: boolean
  /** Counts openings: each puts the keyboard into the field again. */
  opened: number
  words: string
  replacement: string
  isCaseSensitive: boolean
  isWholeWord: boolean
  set(change: Partial<Pick<FindStore, 'words' | 'replacement' | 'isCaseSensitive' | 'isWholeWord'>>): void
  open(): void
  close(): void
}

export const useFindStore = create<FindStore>((set) => ({
  isOpen: false,
  opened: 0,
  words: '',
  replacement: '',
  isCaseSensitive: false,
  isWholeWord: false,
  set: (change) => set(change),
  open: () => set(({ opened }) => ({ isOpen: true, opened: opened + 1 })),
  close: () => set({ isOpen: false }),
}))
