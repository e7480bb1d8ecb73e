import { expect, test } from 'vitest'
import { answerInShort, callsInShort } from './caseInShort.ts'

test('what a case expects is told in a line, and what it leaves open too', () => {
  const calls = [
    { tool: 'tide' },
    { tool: 'wind', need: 'optional' as const },
    { tool: 'tide' },
    { tool: 'cancel', need: 'forbidden' as const },
  ]
  expect(callsInShort({ calls })).toBe('tide × 2, maybe wind, never cancel')
  expect(callsInShort({ calls: [] })).toBe('No calls')
  expect(callsInShort({})).toBe('Any calls')
  expect(
    answerInShort({
      answer: [
        { kind: 'contains', text: 'noon' },
        { kind: 'json', value: { at: 12 } },
      ],
    }),
  ).toBe('contains “noon”, is JSON {"at":12}')
  expect(answerInShort({})).toBe('Any answer')
})
