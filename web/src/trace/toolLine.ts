import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { labelOf } from '@volley/shared/trace/spans.ts'
import { mostActive } from '../state/runStore.ts'
import { statusWord } from '../ui/StatusDot.tsx'
import { duration } from './format.ts'
import { commonHold } from './words.ts'

// What is said of a tool in a run beside its status, on the canvas and in the list. Pure.

/** The line under a node: the most telling count, and how long or why. */
export interface ToolLine {
  status: CallState['status']
  words: string
  more: string
}

/** What to say of a tool's calls in a run; null when it has none. */
export function toolLine(run: RunState | null, calls: readonly CallState[]): ToolLine | null {
  const status = mostActive(calls)
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
  if (status === 'ready') return calls.map(commonHold).find(Boolean) ?? ''
  const longest = Math.max(...calls.map((call) => call.durationMs ?? 0))
  return status === 'succeeded' ? duration(longest) : ''
}
