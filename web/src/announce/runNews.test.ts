import { type CallState, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { runNews } from './runNews.ts'

const call = (number: number, tool: string, rest: Partial<CallState> = {}) =>
  ({ call: number, turn: 1, tool, status: 'running', startedAt: 1, attempts: [], error: null, ...rest }) as CallState
const timedOut = { status: 'failed', error: { code: 'timeout', message: 'no answer within 1 s' } } as const
const runOf = (...calls: CallState[]): RunState => ({ ...EMPTY_RUN, id: 'r', lastSeq: 9, calls })
const ended = (run: RunState): RunState => ({
  ...run,
  status: 'succeeded',
  summary: {
    elapsedMs: 1420,
    serialMs: 2,
    criticalPathMs: 2,
    criticalPath: [],
    speedup: 1,
    maxConcurrency: 0,
    callsPerTurn: 0,
    calls: { total: 2, succeeded: 1, failed: 1, skipped: 0, cancelled: 0 },
  },
})

test('calls that began are told together, by tool, and once', () => {
  const one = runOf(call(1, 'geocode'), call(2, 'geocode'), call(3, 'rate'))
  expect(runNews(null, one)).toBe('Run started. 2 calls of geocode and 1 call of rate started.')
  expect(runNews(one, one)).toBe('')
  expect(runNews(one, runOf(...one.calls, call(4, 'geocode')))).toBe('1 call of geocode started.')
})

test('nothing is told before the first event', () => {
  const begun = { ...EMPTY_RUN, id: 'r' }
  expect(runNews(null, begun)).toBe('')
  expect(runNews(begun, runOf())).toBe('Run started.')
})

test('many tools are told as a number', () => {
  const many = runOf(call(1, 'a'), call(2, 'b'), call(3, 'c'), call(4, 'd'))
  expect(runNews(runOf(), many)).toBe('4 calls of 4 tools started.')
})

test('a failure is told by name and reason, many as a number', () => {
  const before = runOf(call(1, 'geocode'), call(2, 'geocode'), call(3, 'rate'))
  const one = runOf(call(1, 'geocode'), call(2, 'geocode', timedOut), call(3, 'rate'))
  expect(runNews(before, one)).toBe('geocode #2 failed: no answer within 1 s.')
  expect(runNews(before, runOf(...before.calls.map((one) => ({ ...one, ...timedOut }))))).toBe('3 calls failed.')
})

test('a call that waits for a person is told', () => {
  const waits = runOf(call(1, 'book', { status: 'awaiting_approval', startedAt: null }))
  expect(runNews(runOf(), waits)).toBe('book #1 waits for your approval.')
})

test('the end is told once; a run that is opened after its end is told by its end alone', () => {
  const run = runOf(call(1, 'geocode'), call(2, 'rate', timedOut))
  const end = 'Run finished after 1.42 s: 1 call succeeded, 1 failed.'
  expect(runNews(run, ended(run))).toBe(end)
  expect(runNews(ended(run), ended(run))).toBe('')
  expect(runNews(null, ended(run))).toBe(end)
})
