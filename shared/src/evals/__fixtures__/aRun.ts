import type { CallState, RunState } from '../../run/state.ts'
import { EMPTY_RUN } from '../../run/state.ts'

export interface MadeCall {
  tool: string
  arguments?: unknown
}

/** A run that succeeded and made these calls, turn by turn; the calls of a turn ran one after the other, or all at once. */
export function aRun(
  turns: readonly (readonly MadeCall[])[],
  { output = 'Done.', atOnce = false }: { output?: string; atOnce?: boolean } = {},
): RunState {
  const calls: CallState[] = []
  for (const [turn, made] of turns.entries())
    for (const [at, { tool, arguments: given = {} }] of made.entries()) {
      const startedAt = turn * 1000 + (atOnce ? 0 : at * 10)
      calls.push(aCall({ call: calls.length + 1, turn: turn + 1, tool, given, startedAt }))
    }
  return {
    ...EMPTY_RUN,
    id: 'run-1',
    status: 'succeeded',
    output,
    turns: turns.map((_made, at) => ({
      turn: at + 1,
      text: '',
      calls: calls.flatMap(({ call, turn }) => (turn === at + 1 ? [call] : [])),
      usage: { inputTokens: 10, outputTokens: 5 },
      stopReason: 'calls',
      retries: [],
      startedAt: at * 1000,
      messageFinishedAt: at * 1000 + 1,
      finishedAt: at * 1000 + 500,
    })),
    calls,
    usage: { inputTokens: 10 * turns.length, outputTokens: 5 * turns.length },
    at: turns.length * 1000,
  }
}

function aCall(one: { call: number; turn: number; tool: string; given: unknown; startedAt: number }): CallState {
  const { call, turn, tool, given, startedAt } = one
  return {
    call,
    turn,
    id: `id-${call}`,
    tool,
    status: 'succeeded',
    emittedArguments: given,
    arguments: given,
    waitsFor: [],
    outstanding: [],
    eager: false,
    approval: 'none',
    attempts: [],
    emittedAt: startedAt,
    startedAt,
    finishedAt: startedAt + 5,
    durationMs: 5,
    result: null,
    error: null,
  }
}
