import type { RunEvent } from '@volley/shared/run/events.ts'
import { applyRunEvents, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import { create } from 'zustand'

// SESSION: tools tried alone, in this browser and until the page is left. By the tool's name.

export interface Trial {
  /** What was typed for each argument, as text. */
  typed: Readonly<Record<string, string>>
  /** The run of the last try; null before the first. */
  run: RunState | null
  /** Why there is no run, or why it cannot be followed. */
  fault: string | null
}

interface TryStore {
  trials: Readonly<Record<string, Trial>>
  type(tool: string, name: string, text: string): void
  begin(tool: string): void
  apply(tool: string, events: readonly RunEvent[]): void
  fail(tool: string, fault: string): void
}

export const NO_TRIAL: Trial = { typed: {}, run: null, fault: null }

export const useTryStore = create<TryStore>((set) => {
  const change = (tool: string, edit: (trial: Trial) => Partial<Trial>) =>
    set(({ trials }) => {
      const before = trials[tool] ?? NO_TRIAL
      return { trials: { ...trials, [tool]: { ...before, ...edit(before) } } }
    })
  return {
    trials: {},
    type: (tool, name, text) => change(tool, ({ typed }) => ({ typed: { ...typed, [name]: text } })),
    begin: (tool) => change(tool, () => ({ run: EMPTY_RUN, fault: null })),
    apply: (tool, events) => change(tool, ({ run }) => ({ run: applyRunEvents(run ?? EMPTY_RUN, events) })),
    fail: (tool, fault) => change(tool, ({ run }) => ({ fault, run: run?.summary ? run : null })),
  }
})
