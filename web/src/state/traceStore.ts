import { create } from 'zustand'

/** What of a run is looked at closely: a call by its number or a turn by its. */
export type Chosen = { kind: 'call'; call: number } | { kind: 'turn'; turn: number }

interface TraceStore {
  /** What the trace of the run on the canvas shows in detail. */
  chosen: Chosen | null
  choose(chosen: Chosen | null): void
}

// SESSION: what is open in the trace beside the canvas. A dot on the canvas opens its call here.

export const useTraceStore = create<TraceStore>((set) => ({
  chosen: null,
  choose: (chosen) => set({ chosen }),
}))

/** Opens a call of the run on the canvas in the trace. */
export const openCall = (call: number) => useTraceStore.getState().choose({ kind: 'call', call })
