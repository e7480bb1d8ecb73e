import type { EdgeRef } from '@volley/shared/flow/editEdges.ts'
import type { Point } from '@volley/shared/flow/flow.ts'
import { create } from 'zustand'

/** What a new tool is joined to as it is added. */
export type Joint =
  | { is: 'alone' }
  | { is: 'after' | 'before'; tool: string }
  | { is: 'between'; edge: EdgeRef }
  | { is: 'in'; group: string }

/** A question for the kind of tool that shall stand at a point of the flow. */
export interface QuickAddAsk {
  at: Point
  joint: Joint
}

interface QuickAddStore {
  ask: QuickAddAsk | null
  open(ask: QuickAddAsk): void
  close(): void
}

export const useQuickAdd = create<QuickAddStore>((set) => ({
  ask: null,
  open: (ask) => set({ ask }),
  close: () => set({ ask: null }),
}))
