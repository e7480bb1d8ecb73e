import type { Tool } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { mockFault, mockOf } from './mockOf.ts'

const call = { arguments: { city: 'Paris' }, result: { rain: true }, durationMs: 41.6 }
const toolOf = (run: Tool['run']): Tool => ({ name: 't', parameters: { type: 'object' }, run })

test('a tool becomes a mock that answers as the call did, after as long', () => {
  const run = mockOf(toolOf({ kind: 'http', url: 'https://a.example' }), call)
  expect(run).toEqual({ kind: 'mock', result: { rain: true }, latencyMs: 42 })
})

test('a mock gets a case for these arguments, in place of the one before', () => {
  const cases = [
    { when: { city: 'Rome' }, result: 1 },
    { when: { city: 'Paris' }, result: 2 },
  ]
  const run = mockOf(toolOf({ kind: 'mock', result: 0, cases }), call)
  expect(run).toMatchObject({
    result: 0,
    cases: [
      { when: { city: 'Paris' }, result: { rain: true } },
      { when: { city: 'Rome' }, result: 1 },
    ],
  })
})

test('a result that a mock would read otherwise, or that no flow should carry, is refused with the reason', () => {
  expect(mockFault({ page: ['Dear {{name}}'] })).toContain('placeholder')
  expect(mockFault('an open {{ brace')).toContain('placeholder')
  expect(mockFault({ data: 'A'.repeat(600_000) })).toBe(
    'This result is 586 KB: too large to be kept in a flow as a mock.',
  )
  expect(mockFault({ '{{key}}': 'keys are no templates', nested: [{ a: {} }], n: null })).toBeNull()
  expect(mockFault(undefined)).toBeNull()
})
