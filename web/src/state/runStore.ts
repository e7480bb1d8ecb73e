import type { CallStatus, RunEvent } from '@volley/shared/run/events.ts'
import { applyRunEvents, type CallState, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import { create } from 'zustand'

// RUN: what the events of one run say, and nothing else. Fed by `applyRunEvents` alone, once per animation frame; never in React
// Flow's nodes, never undone, replaced whole when another run is opened.

interface RunStore {
  /** Null when no run is shown. */
  run: RunState | null
  /** Why the stream is not live though the run has not ended: "reconnecting …". */
  connection: string | null
  show(run: RunState | null): void
  /** Begins a new run from nothing: events follow. */
  begin(runId: string): void
  apply(events: readonly RunEvent[]): void
  setConnection(connection: string | null): void
}

export const useRunStore = create<RunStore>((set) => ({
  run: null,
  connection: null,
  show: (run) => set({ run, connection: null }),
  begin: (runId) => set({ run: { ...EMPTY_RUN, id: runId }, connection: null }),
  apply: (events) => set(({ run }) => ({ run: applyRunEvents(run ?? EMPTY_RUN, events) })),
  setConnection: (connection) => set({ connection }),
}))

const NO_CALLS: readonly CallState[] = []
const ACTIVITY: readonly CallStatus[] = [
  'running',
  'awaiting_approval',
  'ready',
  'waiting',
  'failed',
  'succeeded',
  'skipped',
  'cancelled',
]

/** The calls of each tool, computed once for a list of calls and shared by every node that asks. */
const callsByTool = new WeakMap<readonly CallState[], Map<string, readonly CallState[]>>()

export function callsOfTool(run: RunState | null, tool: string): readonly CallState[] {
  if (!run || run.calls.length === 0) return NO_CALLS
  let byTool = callsByTool.get(run.calls)
  if (!byTool) {
    byTool = Map.groupBy(run.calls, (call) => call.tool)
    callsByTool.set(run.calls, byTool)
  }
  return byTool.get(tool) ?? NO_CALLS
}

export type StatusOfTool = CallStatus | 'idle'

/** The most active status among a tool's calls, or `idle`. */
export const toolStatus = (run: RunState | null, tool: string): StatusOfTool => mostActive(callsOfTool(run, tool))

/** The most active status among some calls, or `idle`. */
export function mostActive(calls: readonly CallState[]): StatusOfTool {
  return ACTIVITY.find((status) => calls.some((call) => call.status === status)) ?? 'idle'
}

export const isLive = (run: RunState | null) => run !== null && run.summary === null
