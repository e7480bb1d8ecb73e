import { create } from 'zustand'

// SESSION: this browser, this moment. Not saved with the flow, not exported, not undone.

/** The agent in a selection. No tool can be named so: `@` is in no tool's name. */
export const AGENT = '@agent'

export interface EdgeEnds {
  from: string
  to: string
}

interface SessionStore {
  /** Selected on the canvas: names of tools, `AGENT`, `edgeKey` of edges, `noteKey` of notes. */
  selection: readonly string[]
  /** Hovered or focused in one place, lit in all: numbers of calls. */
  lit: readonly number[]
  /** The edge that is lit with them: what a finding is about. */
  litEdge: EdgeEnds | null
  /** The playground's text, kept while one looks elsewhere. */
  prompt: string
  variables: Readonly<Record<string, string>>
  /** Whether runs put a mock in the place of every tool. */
  mockAll: boolean
  select(selection: readonly string[]): void
  light(calls: readonly number[], edge?: EdgeEnds | null): void
  setPrompt(prompt: string): void
  setVariables(variables: Readonly<Record<string, string>>): void
  setMockAll(mockAll: boolean): void
}

export const NOTHING_LIT: readonly number[] = []

export const useSessionStore = create<SessionStore>((set) => ({
  selection: [],
  lit: NOTHING_LIT,
  litEdge: null,
  prompt: '',
  variables: {},
  mockAll: false,
  select: (selection) => set({ selection }),
  light: (lit, litEdge = null) => set({ lit, litEdge }),
  setPrompt: (prompt) => set({ prompt }),
  setVariables: (variables) => set({ variables }),
  setMockAll: (mockAll) => set({ mockAll }),
}))

export const edgeKey = (edge: { from: string; to: string; kind: string }) => `${edge.from}→${edge.to}:${edge.kind}`
export const noteKey = (id: string) => `note:${id}`
export const groupKey = (id: string) => `group:${id}`
