import { expect, test } from 'vitest'
import { messageItems } from './messageItems.ts'

test('a conversation is read from instructions to answer; each call and each result is an item of its own', () => {
  const result = { tool: 'geocode', isError: false, cut: 0, pictures: 0 }
  const items = messageItems({
    system: 'You brief pilots.',
    messages: [
      { role: 'user', turn: 0, text: 'Oslo and Bern?' },
      {
        role: 'assistant',
        turn: 1,
        text: '',
        calls: [
          { call: 1, tool: 'geocode', argumentsText: '{}' },
          { call: 2, tool: 'geocode', argumentsText: '{}' },
        ],
      },
      {
        role: 'results',
        turn: 1,
        results: [
          { ...result, call: 1, text: '1' },
          { ...result, call: 2, text: '2' },
        ],
      },
      { role: 'assistant', turn: 2, text: 'Clear.', calls: [] },
    ],
  })
  expect(items.map(({ kind, turn }) => `${kind} ${turn}`)).toEqual([
    'system 0',
    'user 0',
    'assistant 1',
    'call 1',
    'call 1',
    'result 1',
    'result 1',
    'assistant 2',
  ])
  expect(messageItems({ system: '', messages: [] })).toEqual([])
})
