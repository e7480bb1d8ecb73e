import type { Overrides } from '@volley/shared/api.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { create } from 'zustand'

// SESSION: how the next message is run. Gone when another flow is opened; the flow itself is never changed by it.

/** What of the agent is replaced for runs from the playground. */
export type RunWith = Pick<Overrides, 'provider' | 'model' | 'parallelism' | 'system' | 'settings'>

interface PlaygroundStore {
  runWith: RunWith
  /** Whether a message goes with what was said before it. */
  continues: boolean
  /** What the message goes with where it is not the run that ended last: an earlier message is said again, edited. */
  messages: RunState['messages'] | null
  setRunWith(runWith: RunWith): void
  setContinues(continues: boolean): void
  sayAgain(messages: RunState['messages']): void
  clear(): void
}

const USUAL = { runWith: {}, continues: false, messages: null }

export const usePlaygroundStore = create<PlaygroundStore>((set) => ({
  ...USUAL,
  setRunWith: (runWith) => set({ runWith }),
  setContinues: (continues) => set({ continues, messages: null }),
  sayAgain: (messages) => set({ messages: messages ?? [] }),
  clear: () => set(USUAL),
}))

/** What was said up to the end of a run: by what it began with, its message, and its answer. Without an answer it said nothing. */
export function saidIn({ messages = [], input, output }: Pick<RunState, 'messages' | 'input' | 'output'>) {
  if (!output || input === '') return messages
  return [...messages, { role: 'user' as const, text: input }, { role: 'assistant' as const, text: output }]
}
