import { recordOf } from '@volley/shared/run/record.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { EMPTY_SUMMARY } from '../testing/logEvents.ts'
import { closingLine, progressLine } from './print.ts'

test('what a tool says cannot act on the terminal', () => {
  const result = { title: '\u001b]0;owned\u0007\u001b[2J' }
  const line = progressLine({ seq: 1, at: 1, type: 'call.succeeded', call: 1, result, durationMs: 12.4 })
  expect(line).toBe('  1 succeeded in 12 ms: {"title":"\\u001b]0;owned\\u0007\\u001b[2J"}')
  const error = { code: 'tool_error', message: 'no \u001b[31mrope' } as const
  expect(progressLine({ seq: 2, at: 2, type: 'call.failed', call: 1, error })).toBe('  1 failed: no  [31mrope')
})

test('long arguments are cut', () => {
  const arguments_ = { text: 'x'.repeat(500) }
  const line = progressLine({
    seq: 1,
    at: 1,
    type: 'call.emitted',
    turn: 1,
    call: 1,
    id: 'a',
    tool: 'say',
    arguments: arguments_,
  })
  expect(line?.length).toBeLessThan(140)
})

test.each([
  [null, 'succeeded: 2 calls in 40 ms, one at a time 80 ms (2.0 times)'],
  [0.00001, 'succeeded: 2 calls in 40 ms, one at a time 80 ms (2.0 times), less than $0.0001'],
  [0.0123, 'succeeded: 2 calls in 40 ms, one at a time 80 ms (2.0 times), $0.0123'],
  [123.456, 'succeeded: 2 calls in 40 ms, one at a time 80 ms (2.0 times), $123.46'],
])('the last line tells a cost of %s as it is known', (costUsd, line) => {
  const summary = {
    ...EMPTY_SUMMARY,
    elapsedMs: 40,
    serialMs: 80,
    speedup: 2,
    calls: { ...EMPTY_SUMMARY.calls, total: 2 },
  }
  const run = { ...runFromEvents([]), status: 'succeeded' as const, summary, costUsd }
  expect(closingLine(recordOf(run))).toBe(line)
})
