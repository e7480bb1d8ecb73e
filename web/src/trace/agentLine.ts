import type { RunState } from '@volley/shared/run/state.ts'
import { counted } from './format.ts'

/** What the agent's node says of a run. */
export interface AgentLine {
  /** `turn 1 of 2`; the number of turns is known once the run has ended. */
  turn: string
  doing: string
  isModelBusy: boolean
  tokens: number
}

/** How far the agent is: its turn, and whether the model thinks, writes, asks for calls, or waits for them. Null without a turn. */
export function agentLine(shown: RunState | null, whole: RunState | null): AgentLine | null {
  const last = shown?.turns.at(-1)
  if (!shown || !last) return null
  const all = whole?.summary ? String(whole.turns.length) : '…'
  const isModelBusy = shown.summary === null && (last.messageFinishedAt === null || last.finishedAt !== null)
  return {
    turn: `turn ${last.turn} of ${all}`,
    doing: doingOf(shown),
    isModelBusy,
    tokens: shown.usage.inputTokens + shown.usage.outputTokens,
  }
}

function doingOf(run: RunState): string {
  const turn = run.turns.at(-1)
  if (run.summary) return ENDED[run.status] ?? ''
  if (!turn || turn.finishedAt !== null) return 'thinking'
  if (turn.messageFinishedAt === null) {
    if (turn.calls.length > 0) return `asking for ${counted(turn.calls.length, 'call')}`
    if (turn.text !== '') return 'writing'
    return turn.retries.length > 0 ? 'asked again' : 'thinking'
  }
  if (run.status === 'awaiting_approval') return 'waits for you'
  const open = turn.calls.filter((number) => run.calls[number - 1]?.finishedAt === null).length
  return open > 0 ? `waits for ${counted(open, 'call')}` : 'thinking'
}

const ENDED: Partial<Record<RunState['status'], string>> = {
  succeeded: 'answered',
  failed: 'failed',
  cancelled: 'stopped',
}
