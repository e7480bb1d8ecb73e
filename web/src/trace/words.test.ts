import type { CallState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { dollars, duration, numbered, oneLine, seconds, times } from './format.ts'
import { barWords, callFault, modelWords, waitWords } from './words.ts'

const CALL: CallState = {
  call: 4,
  turn: 1,
  id: 'c4',
  tool: 'exchange_rate',
  status: 'succeeded',
  emittedArguments: {},
  arguments: {},
  waitsFor: [],
  outstanding: [],
  eager: false,
  approval: 'none',
  attempts: [{ attempt: 1, startedAt: 0, finishedAt: 10 }],
  emittedAt: 0,
  startedAt: 0,
  finishedAt: 10,
  durationMs: 10,
  result: 1,
  error: null,
}
const twice = [...CALL.attempts, { attempt: 2, startedAt: 20, finishedAt: 30 }]

test('a bar says what is remarkable about its call, and nothing else', () => {
  expect(barWords(CALL)).toBe('')
  expect(barWords({ ...CALL, attempts: twice })).toBe('retried once')
  expect(barWords({ ...CALL, waitsFor: [1], eager: true })).toBe('waited for #1, started while the model still wrote')
  expect(barWords({ ...CALL, status: 'waiting', outstanding: [4, 9] })).toBe('waits for #4, #9')
  const error = { code: 'timeout' as const, message: 'No answer within 2 s.' }
  expect(barWords({ ...CALL, status: 'failed', attempts: twice, error })).toBe('timeout, retried once')
  expect(barWords({ ...CALL, coalescedWith: 2 })).toBe('same as #2')
})

test('a failed call is told as a sentence with its tries', () => {
  const error = { code: 'timeout' as const, message: 'No answer within 2 s.' }
  expect(callFault({ ...CALL, status: 'failed', attempts: twice, error })).toBe(
    'failed after 2 tries: No answer within 2 s.',
  )
  expect(callFault(CALL)).toBe(null)
})

test('a call in line says which limit over all runs it waits for', () => {
  const limit = { of: 'tool', name: 'exchange_rate', kind: 'rate', most: 5, perMs: 1000 } as const
  const call = { ...CALL, status: 'ready' as const, heldBy: [{ limit, at: 0 }] }
  expect(waitWords('place', call)).toEqual(['queued: 5 of exchange_rate in 1 s, over all runs', 'queued'])
  expect(waitWords('place', CALL, { by: 'tool', most: 2, key: null, freedBy: 1 })).toEqual([
    'queued: 2 of exchange_rate at once',
    'queued',
  ])
})

test('a turn says what the model does', () => {
  const row = {
    kind: 'model' as const,
    turn: 1,
    span: { from: 0, to: 5 },
    calls: 14,
    hasText: false,
    pauses: [],
    queued: [],
    heldBy: null,
  }
  expect(modelWords(row)).toBe('planned 14 calls')
  expect(modelWords({ ...row, calls: 1, pauses: [{ from: 1, to: 2 }], span: { from: 0, to: null } })).toBe(
    'planning, 1 call, asked again',
  )
  expect(modelWords({ ...row, calls: 0, hasText: true })).toBe('answered')
  expect(modelWords({ ...row, heldBy: { of: 'provider', name: 'openai', kind: 'places', most: 1 } })).toBe(
    'queued: 1 request to openai at once, over all runs',
  )
})

test('numbers are written the same everywhere', () => {
  expect([seconds(1420), times(4.29), dollars(0.0042), dollars(12), dollars(0)]).toEqual([
    '1.42 s',
    '4.3×',
    '$0.0042',
    '$12.00',
    '$0',
  ])
  expect([duration(12.4), duration(710), duration(72_000)]).toEqual(['12 ms', '0.71 s', '1 min 12 s'])
  expect(numbered([1, 2, 3, 4, 5, 6])).toBe('#1, #2, #3, #4 and 2 more')
  expect(oneLine({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}')
  expect(oneLine('a\nb'.repeat(1000), 20)).toHaveLength(20)
})
