import { type CallState, EMPTY_RUN, type RunState, type TurnState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { agentLine } from './agentLine.ts'

const TURN: TurnState = {
  turn: 1,
  text: '',
  calls: [],
  usage: { inputTokens: 0, outputTokens: 0 },
  stopReason: null,
  retries: [],
  startedAt: 0,
  messageFinishedAt: null,
  finishedAt: null,
}
const runOf = (turn: Partial<TurnState>, rest: Partial<RunState> = {}): RunState => ({
  ...EMPTY_RUN,
  turns: [{ ...TURN, ...turn }],
  ...rest,
})
const doing = (run: RunState) => agentLine(run, run)?.doing
const call = (finishedAt: number | null) => ({ finishedAt }) as CallState

test('the agent thinks, writes, asks for calls, waits for them, and has answered', () => {
  expect(agentLine(EMPTY_RUN, EMPTY_RUN)).toBe(null)
  expect(doing(runOf({}))).toBe('thinking')
  expect(doing(runOf({ text: 'I' }))).toBe('writing')
  expect(doing(runOf({ text: 'I', calls: [1] }, { calls: [call(null)] }))).toBe('asking for 1 call')
  const asked = { calls: [1, 2], messageFinishedAt: 9 }
  expect(doing(runOf(asked, { calls: [call(5), call(null)] }))).toBe('waits for 1 call')
  expect(doing(runOf(asked, { calls: [call(5), call(null)], status: 'awaiting_approval' }))).toBe('waits for you')
  expect(doing(runOf({ ...asked, finishedAt: 10 }))).toBe('thinking')
})

test('how many turns there are is said once it is known, also of an earlier time', () => {
  const early = runOf({})
  const summary = {} as RunState['summary']
  const whole = { ...EMPTY_RUN, turns: [TURN, { ...TURN, turn: 2 }], status: 'succeeded' as const, summary }
  expect(agentLine(early, early)?.turn).toBe('turn 1 of …')
  expect(agentLine(early, whole)?.turn).toBe('turn 1 of 2')
  expect(agentLine(whole, whole)).toMatchObject({ turn: 'turn 2 of 2', doing: 'answered', isModelBusy: false })
})
