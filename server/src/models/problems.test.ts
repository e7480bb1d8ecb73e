import { expect, test } from 'vitest'
import { broken, errorEvent, retryAfterOf, withoutKeys } from './problems.ts'

const NOW = Date.parse('2026-11-23T10:00:00Z')

test.each([
  [{ 'retry-after': '2' }, 2_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '120', 'retry-after': '9' }, 120],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{}, undefined],
])('%j asks to wait %s ms', (headers, ms) => {
  expect(retryAfterOf(new Headers(headers), NOW)).toBe(ms)
})

test('no key and nothing that looks like one stays in a message', () => {
  const event = broken('unauthorized', 'The key my-own-key-77 is wrong, as is sk-proj-Ab***yz9.', false)
  expect(withoutKeys(event, ['my-own-key-77', '']).problem.message).toBe('The key *** is wrong, as is ***')
})

test.each([
  [{ message: 'Slow down', code: 'rate_limit_exceeded' }, 'rate_limited', 'Slow down.'],
  [{ type: 'overloaded_error' }, 'overloaded', 'overloaded_error.'],
  ['plain words', 'provider', 'plain words.'],
  [undefined, 'provider', 'no reason was given.'],
  [{ message: 'x'.repeat(5_000) }, 'provider', '…'],
])('an error event %# keeps the words of the provider', (error, code, words) => {
  const { problem, retry } = errorEvent('The provider', error)
  expect([problem.code, retry]).toEqual([code, true])
  expect(problem.message.endsWith(words)).toBe(true)
  expect(problem.message.length).toBeLessThan(600)
})
