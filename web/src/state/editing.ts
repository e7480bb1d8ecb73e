import { create } from 'zustand'

interface EditingStore {
  /** The note or group whose words are being typed on the canvas, as a selection names it. */
  key: string | null
  edit(key: string | null): void
}

export const useEditing = create<EditingStore>((set) => ({ key: null, edit: (key) => set({ key }) }))
