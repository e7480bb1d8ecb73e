import { expect, test } from 'vitest'
import { progressLine } from './print.ts'

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
