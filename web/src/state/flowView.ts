import { create } from 'zustand'

export type FlowView = 'canvas' | 'list'

interface FlowViewStore {
  view: FlowView
  show(view: FlowView): void
}

// SESSION: whether one works on the flow as a drawing or as a list. Kept in this browser.

const KEY = 'volley.view'

export const useFlowView = create<FlowViewStore>((set) => ({
  view: stored(),
  show: (view) => {
    set({ view })
    try {
      localStorage.setItem(KEY, view)
    } catch {
      // A full or forbidden storage: the choice holds for this page.
    }
  },
}))

function stored(): FlowView {
  try {
    return localStorage.getItem(KEY) === 'list' ? 'list' : 'canvas'
  } catch {
    return 'canvas'
  }
}
