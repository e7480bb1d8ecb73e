import type { Flow } from '@volley/shared/flow/flow.ts'
import { create } from 'zustand'

/** What someone else saved meanwhile, and the version that both began with. */
export interface OtherSide {
  base: Flow
  theirs: Flow
  /** The version that holds theirs. */
  version: number
}

// SESSION: a merge that waits for a person to decide. Gone as soon as it is done or given up.

interface MergeStore {
  other: OtherSide | null
  ask(other: OtherSide | null): void
}

export const useMerge = create<MergeStore>((set) => ({ other: null, ask: (other) => set({ other }) }))
