import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { labelOf } from '@volley/shared/trace/spans.ts'
import { callsOfTool, toolStatus } from '../state/runStore.ts'
import { duration } from '../trace/format.ts'
import { statusWord } from '../ui/StatusDot.tsx'

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

/** The same line about one call, while it is lit: its number, what tells it from its siblings, its state. */
export function callLine(run: RunState | null, number: number): ToolLine | null {
  const call = run?.calls[number - 1]
  if (!run || !call) return null
  const what = [statusWord(call.status), call.durationMs === null ? '' : duration(call.durationMs), labelOf(call, run)]
  return { status: call.status, words: `#${number}`, more: what.filter(Boolean).join(' · ') }
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
  return status === 'succeeded' ? duration(longest) : ''
}
