import { create } from 'zustand'

/** What stands over the page. One at a time. */
export type Dialog =
  | 'commands'
  | 'import'
  | 'openapi'
  | 'mcp'
  | 'versions'
  | 'merge'
  | 'shortcuts'
  | 'connect'
  | 'preview'
  | 'byHand'
  | 'sideBySide'
  | null

interface DialogStore {
  open: Dialog
  show(dialog: Dialog): void
}

export const useDialogs = create<DialogStore>((set) => ({ open: null, show: (open) => set({ open }) }))
