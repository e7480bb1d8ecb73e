import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { expect, test } from 'vitest'
import { findCases } from './findCases.ts'

test('cases are found by every word, in what is asked and in what is expected', () => {
  const cases: TestCase[] = [
    { id: 'two-ports', input: 'When can we sail?', expected: { calls: [{ tool: 'tide' }] } },
    { id: 'one', name: 'At noon', input: 'Sail?', expected: { answer: [{ kind: 'contains', text: 'Bergen' }] } },
  ]
  const found = (words: string) => findCases(cases, words).map(({ id }) => id)
  expect(found('SAIL tide')).toEqual(['two-ports'])
  expect(found('bergen')).toEqual(['one'])
  expect(found('sail submarine')).toEqual([])
  expect(found(' ')).toEqual(['two-ports', 'one'])
})
