import type { Change } from '@volley/shared/trace/whatIf.ts'
import { create } from 'zustand'

// SESSION: what is tried on paper with a finished run. Another run begins anew.

interface WhatIfStore {
  runId: string
  changes: readonly Change[]
  /** Tries these changes with a run. */
  tryOut(runId: string, changes: readonly Change[]): void
}

export const useWhatIfStore = create<WhatIfStore>((set) => ({
  runId: '',
  changes: [],
  tryOut: (runId, changes) => set({ runId, changes }),
}))
