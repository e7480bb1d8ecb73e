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

type Said = NonNullable<RunState['messages']>
type Answered = Pick<RunState, 'messages' | 'input' | 'output'>

/** What the next message goes with: what was said up to the run that ended last, or up to the message that is said again. */
export function saidBefore(
  { continues, messages }: Pick<PlaygroundStore, 'continues' | 'messages'>,
  { run, past }: { run: Answered | null; past: readonly Answered[] },
): Said {
  if (messages) return messages
  const last = run?.output ? run : past.at(-1)
  return continues && last ? saidIn(last) : []
}

/** By what a run began with, its message, and its answer. Without an answer it said nothing. */
function saidIn({ messages = [], input, output }: Answered): Said {
  if (!output || input === '') return messages
  return [...messages, { role: 'user', text: input }, { role: 'assistant', text: output }]
}
