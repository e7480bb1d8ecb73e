import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { callsOfTool, toolStatus } from '../state/runStore.ts'

// What of a run shows on the canvas beside a tool's status: its counts, what an edge does, the critical path. Pure.

/** The line under a node: the most telling count, and how long or why. */
export interface ToolLine {
  status: CallState['status']
  words: string
  more: string
}

/** What to say of a tool's calls in a run; null when it has none. */
export function toolLine(run: RunState | null, tool: string): ToolLine | null {
  const calls = callsOfTool(run, tool)
  if (calls.length === 0) return null
  const status = toolStatus(run, tool)
  if (status === 'idle') return null
  const those = calls.filter((call) => call.status === status)
  return { status, words: `${those.length} ${WORDS[status]}`, more: moreOf(run, status, those) }
}

/** Whether a call now runs that had waited along this edge: the moment an edge moves. */
export function isReleasing(run: RunState | null, from: string, to: string): boolean {
  return callsOfTool(run, to).some(
    (call) => call.status === 'running' && call.waitsFor.some((number) => run?.calls[number - 1]?.tool === from),
  )
}

/** Whether the critical path of the finished run leads along this edge. */
export function isCriticalEdge(run: RunState | null, from: string, to: string): boolean {
  const path = run?.summary?.criticalPath ?? []
  return path.some((number, at) => {
    const next = path[at + 1]
    return (
      next !== undefined &&
      run?.calls[number - 1]?.tool === from &&
      run?.calls[next - 1]?.tool === to &&
      run.calls[next - 1]?.waitsFor.includes(number) === true
    )
  })
}

/** From so many calls at once on, motion says nothing more, and costs every frame. */
const CROWD = 40

/** Whether so much runs at once that states are told by form and colour alone. */
export function isCrowded(run: RunState | null): boolean {
  let running = 0
  for (const call of run?.calls ?? []) if (call.status === 'running' && ++running > CROWD) return true
  return false
}

export const seconds = (ms: number) =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`

const WORDS: Record<CallState['status'], string> = {
  running: 'running',
  awaiting_approval: 'to approve',
  failed: 'failed',
  waiting: 'waiting',
  ready: 'ready',
  cancelled: 'cancelled',
  succeeded: 'done',
  skipped: 'skipped',
}

function moreOf(run: RunState | null, status: CallState['status'], calls: readonly CallState[]): string {
  const [first] = calls
  if (status === 'failed') return first?.error?.message ?? ''
  if (status === 'waiting') {
    const tools = calls.flatMap((call) => call.outstanding.map((number) => run?.calls[number - 1]?.tool ?? ''))
    return `on ${[...new Set(tools)].filter(Boolean).join(', ')}`
  }
  const longest = Math.max(...calls.map((call) => call.durationMs ?? 0))
  return status === 'succeeded' ? seconds(longest) : ''
}
