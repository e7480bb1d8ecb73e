import { create } from 'zustand'

// SESSION: how the timeline of a run is looked at. The grouping stays from run to run; what part of the time is shown, and which groups
// are closed, is each run's own.

interface ChartStore {
  by: 'turn' | 'tool'
  runId: string
  /** The part of the time that is shown, in milliseconds; null for the whole. */
  view: { from: number; to: number } | null
  /** Keys of closed groups. */
  closed: ReadonlySet<string>
  setBy(by: 'turn' | 'tool'): void
  /** Begins anew for another run. */
  open(runId: string): void
  setView(view: { from: number; to: number } | null): void
  setClosed(closed: ReadonlySet<string>): void
}

const NONE: ReadonlySet<string> = new Set()

export const useChartStore = create<ChartStore>((set) => ({
  by: 'turn',
  runId: '',
  view: null,
  closed: NONE,
  setBy: (by) => set({ by, closed: NONE }),
  open: (runId) => set((before) => (before.runId === runId ? before : { runId, view: null, closed: NONE })),
  setView: (view) => set({ view }),
  setClosed: (closed) => set({ closed }),
}))
