import type { Flow } from '@volley/shared/flow/flow.ts'
import { FLOW_FORMAT } from '@volley/shared/flow/flow.ts'
import { create } from 'zustand'
import { type History, record, redo, seal, startHistory, undo } from './history.ts'

// DOCUMENT: what is saved, exported and undone. Every change goes through `change`, with a name; runs never enter here.

export type SaveState =
  | { is: 'saved' }
  | { is: 'unsaved' }
  | { is: 'saving' }
  | { is: 'offline'; message: string }
  | { is: 'conflict'; message: string }
  | { is: 'refused'; message: string }

interface FlowStore {
  /** The id it is saved under; null for one that was never saved (an example, an import, a blank start). */
  flowId: string | null
  /** The version on the server that the document came from. */
  version: number | null
  history: History<Flow>
  /** The document as the server has it, or as it was opened when the server has none: what differs from it is unsaved. */
  baseline: Flow
  save: SaveState
  /** Set while one looks at an older version as it ran: that version. Nothing can be changed then. */
  asRan: number | null
  /** Counts changes that were refused because an older version is shown. */
  refused: number
  /** Counts openings: views of one document begin anew with each. */
  opened: number
  open(flow: Flow, saved: { flowId: string; version: number } | null, asRan?: boolean): void
  /** One undoable step. Steps with the same `key` that follow each other become one. */
  change(name: string, edit: (flow: Flow) => Flow, key?: string): void
  /** Ends a growing step, so that the next change is undone on its own. */
  seal(): void
  undo(): void
  redo(): void
  /** The server has `flow` now, as this version. What changed since then stays unsaved. */
  setSaved(saved: { flowId: string; version: number; flow: Flow }): void
  setSave(save: SaveState): void
}

export const EMPTY_FLOW: Flow = {
  format: FLOW_FORMAT,
  name: 'Untitled flow',
  description: '',
  agent: { provider: 'simulated', model: 'simulated-1', system: '' },
  tools: [],
  edges: [],
  layout: {},
  notes: [],
}

export const useFlowStore = create<FlowStore>((set) => {
  const move = (step: (history: History<Flow>) => History<Flow>) =>
    set(({ history, save, baseline, asRan, refused }) => {
      if (asRan !== null) return { refused: refused + 1 }
      const next = step(history)
      if (next.present === history.present) return { history: next }
      if (save.is === 'conflict') return { history: next }
      return { history: next, save: { is: next.present === baseline ? 'saved' : 'unsaved' } }
    })
  return {
    flowId: null,
    version: null,
    history: startHistory(EMPTY_FLOW),
    baseline: EMPTY_FLOW,
    save: { is: 'saved' },
    asRan: null,
    refused: 0,
    opened: 0,
    open: (flow, saved, asRan = false) =>
      set(({ opened }) => ({
        opened: opened + 1,
        history: startHistory(flow),
        baseline: flow,
        flowId: saved?.flowId ?? null,
        version: saved?.version ?? null,
        asRan: asRan ? (saved?.version ?? null) : null,
        save: { is: 'saved' },
      })),
    change: (name, edit, key) => move((history) => record(history, name, edit(history.present), key)),
    seal: () => set(({ history }) => ({ history: seal(history) })),
    undo: () => move(undo),
    redo: () => move(redo),
    setSaved: ({ flowId, version, flow }) =>
      set(({ history }) => ({
        flowId,
        version,
        baseline: flow,
        save: { is: history.present === flow ? 'saved' : 'unsaved' },
      })),
    setSave: (save) => set({ save }),
  }
})

/** The document as it stands now. */
export const currentFlow = () => useFlowStore.getState().history.present
/** Subscribes to a part of the document. */
export const useFlow = <Part>(select: (flow: Flow) => Part): Part =>
  useFlowStore((store) => select(store.history.present))
/** Whether the document differs from what the server has. */
export const isDirty = ({ history, baseline }: Pick<FlowStore, 'history' | 'baseline'>) => history.present !== baseline
