import { connectableTools, type Direction } from '@volley/shared/flow/connectable.ts'
import { create } from 'zustand'
import { currentFlow } from './flowStore.ts'

// SESSION: the edge that is being drawn, by pointer or by keyboard, until it is there or given up.

interface ConnectingStore {
  /** The tool it starts at; null while none is drawn. */
  tool: string | null
  direction: Direction
  /** The tools it may end at. */
  open: ReadonlySet<string>
  /** The tool it would end at now. */
  over: string | null
  begin(tool: string, direction: Direction): void
  hover(over: string | null): void
  end(): void
}

const NONE: ReadonlySet<string> = new Set()

export const useConnecting = create<ConnectingStore>((set, get) => ({
  tool: null,
  direction: 'out',
  open: NONE,
  over: null,
  begin: (tool, direction) =>
    set({ tool, direction, open: connectableTools(currentFlow(), tool, direction), over: null }),
  hover: (over) => get().over !== over && set({ over }),
  end: () => set({ tool: null, open: NONE, over: null }),
}))

/** What a tool is to the edge that is being drawn: its start, an end that it can or cannot have, or the end it has now. */
export type ConnectRole = 'start' | 'open' | 'closed' | 'over'

export function connectRole(
  store: Pick<ConnectingStore, 'tool' | 'open' | 'over'>,
  tool: string,
): ConnectRole | undefined {
  if (store.tool === null) return undefined
  if (store.over === tool && store.open.has(tool)) return 'over'
  if (store.tool === tool) return 'start'
  return store.open.has(tool) ? 'open' : 'closed'
}
