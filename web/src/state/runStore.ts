import type { CallStatus, RunEvent } from '@volley/shared/run/events.ts'
import { EMPTY_LOG, extendLog, type RunLog, runAt } from '@volley/shared/run/log.ts'
import { type CallState, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import { create, type StoreApi, type UseBoundStore } from 'zustand'

// RUN: what the events of one run say, and nothing else. Fed by `applyRunEvents` alone, once per animation frame; never in React
// Flow's nodes, never undone, replaced whole when another run is opened.

export interface RunStore {
  /** The run as all its events have it: what can be stopped, what ended. Null when there is none. */
  run: RunState | null
  /** The run as it is drawn: `run`, or as it was at the time one looks at. */
  shown: RunState | null
  /** The time one looks at, in milliseconds since the run began; null for the newest: live, or the end. */
  at: number | null
  isPlaying: boolean
  /** How fast time passes while it plays; 1 is as it was. */
  rate: number
  log: RunLog
  /** Why the stream is not live though the run has not ended: "reconnecting …". */
  connection: string | null
  clear(): void
  /** Begins a new run from nothing: events follow. */
  begin(runId: string): void
  apply(events: readonly RunEvent[]): void
  setConnection(connection: string | null): void
  /** Shows the run as it was at a time. From its last event on, and for null, it is the newest again. */
  seek(at: number | null): void
  /** Lets time pass from where one looks, or from the beginning; or stops it there. */
  play(isPlaying: boolean): void
  setRate(rate: number): void
}

export type UseRunStore = UseBoundStore<StoreApi<RunStore>>

const NEWEST = { at: null, isPlaying: false, connection: null }

/** A place where one run is shown. The canvas has one, the page of a run another. */
export const createRunStore = (): UseRunStore =>
  create<RunStore>((set) => ({
    run: null,
    shown: null,
    at: null,
    isPlaying: false,
    rate: 1,
    log: EMPTY_LOG,
    connection: null,
    clear: () => set({ run: null, shown: null, log: EMPTY_LOG, ...NEWEST }),
    begin: (runId) => {
      const run = { ...EMPTY_RUN, id: runId }
      set({ run, shown: run, log: { chunks: [], run }, ...NEWEST })
    },
    apply: (events) =>
      set(({ log: before, at }) => {
        const log = extendLog(before, events)
        return { log, run: log.run, ...(at === null ? { shown: log.run } : {}) }
      }),
    setConnection: (connection) => set({ connection }),
    seek: (at) =>
      set(({ log, run, shown }) => {
        if (!run || !shown || at === null || at >= run.at) return { at: null, shown: run, isPlaying: false }
        const time = Math.max(0, at)
        return { at: time, shown: runAt(log, time, shown) }
      }),
    play: (isPlaying) =>
      set(({ at, log, run }) => {
        if (!isPlaying || !run) return { isPlaying: false }
        return at === null ? { isPlaying, at: 0, shown: runAt(log, 0) } : { isPlaying }
      }),
    setRate: (rate) => set({ rate }),
  }))

/** The run on the canvas. */
export const useRunStore = createRunStore()

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
const callsByTool = new WeakMap<readonly CallState[], ReadonlyMap<string, readonly CallState[]>>()
/** What was worked out last: a tool whose calls are still the same keeps its list, and is not drawn again. */
let latest: ReadonlyMap<string, readonly CallState[]> = new Map()

/** A tool's calls in a run: the same list for as long as none of them changes. */
export function callsOfTool(run: RunState | null, tool: string): readonly CallState[] {
  if (!run || run.calls.length === 0) return NO_CALLS
  let byTool = callsByTool.get(run.calls)
  if (!byTool) {
    byTool = groupCalls(run.calls, latest)
    callsByTool.set(run.calls, byTool)
    latest = byTool
  }
  return byTool.get(tool) ?? NO_CALLS
}

function groupCalls(calls: readonly CallState[], before: ReadonlyMap<string, readonly CallState[]>) {
  const byTool = new Map<string, readonly CallState[]>(Map.groupBy(calls, (call) => call.tool))
  for (const [tool, now] of byTool) {
    const known = before.get(tool)
    if (known?.length === now.length && known.every((call, index) => call === now[index])) byTool.set(tool, known)
  }
  return byTool
}

export type StatusOfTool = CallStatus | 'idle'

/** The most active status among a tool's calls, or `idle`. */
export const toolStatus = (run: RunState | null, tool: string): StatusOfTool => mostActive(callsOfTool(run, tool))

/** The most active status among some calls, or `idle`. */
export function mostActive(calls: readonly CallState[]): StatusOfTool {
  return ACTIVITY.find((status) => calls.some((call) => call.status === status)) ?? 'idle'
}

export const isLive = (run: RunState | null) => run !== null && run.summary === null
