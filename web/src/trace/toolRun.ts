import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { useCallback, useSyncExternalStore } from 'react'
import { callsOfTool, mostActive, type StatusOfTool, useRunStore } from '../state/runStore.ts'
import { useLit } from './lighting.ts'
import { callLine, type ToolLine, toolLine } from './toolLine.ts'

/** What the run that is shown has of one tool. */
export interface ToolRun {
  calls: readonly CallState[]
  status: StatusOfTool
  line: ToolLine | null
}

/** Worked out once for a list of calls, which stays the same for as long as none of them changes. */
const known = new WeakMap<readonly CallState[], ToolRun>()

/** The same object for as long as nothing of it changes. */
export function toolRunOf(run: RunState | null, tool: string): ToolRun {
  const calls = callsOfTool(run, tool)
  let found = known.get(calls)
  if (!found) {
    found = { calls, status: mostActive(calls), line: toolLine(run, calls) }
    known.set(calls, found)
  }
  return found
}

/** A tool's part of the run on the canvas, kept up to date. Whoever uses this is told of changes to this tool alone. */
export function useToolRun(tool: string): ToolRun {
  const subscribe = useCallback((tell: () => void) => watch(tool, tell), [tool])
  return useSyncExternalStore(subscribe, () => toolRunOf(useRunStore.getState().shown, tool))
}

/** The same with the calls that are lit, and what is said while they are: of one alone what it is and does. */
export function useLitToolRun(tool: string): ToolRun & { lit: readonly number[] } {
  const found = useToolRun(tool)
  const lit = useLit(found.calls)
  const [only] = lit
  const line = lit.length === 1 && only !== undefined ? callLine(useRunStore.getState().shown, only) : found.line
  return { ...found, lit, line }
}

const watchers = new Map<string, Set<() => void>>()

function watch(tool: string, tell: () => void): () => void {
  const those = watchers.get(tool) ?? new Set()
  watchers.set(tool, those.add(tell))
  return () => {
    those.delete(tell)
    if (those.size === 0) watchers.delete(tool)
  }
}

// One listener for all: with a thousand tools on the canvas, each asking for itself at each change costs more than drawing does.
useRunStore.subscribe(({ shown }, { shown: before }) => {
  if (shown === before) return
  for (const [tool, those] of watchers)
    if (callsOfTool(shown, tool) !== callsOfTool(before, tool)) for (const tell of those) tell()
})
