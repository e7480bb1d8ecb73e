import { expect, test } from 'vitest'
import { aFlow, aTool, data, runWith } from '../testing/runWith.ts'
import { shownConversation } from './shownConversation.ts'

const flow = aFlow([aTool('geocode', { policy: { maxResultChars: 30 } }), 'weather'], [data('geocode', 'weather')], {
  system: 'You brief {{who}}.',
  variables: { who: 'pilots' },
})

test('the conversation is what the model was sent, with the turns and calls it is made of', async () => {
  const { run, requests } = await runWith({
    flow,
    input: 'Oslo?',
    turns: [
      {
        text: 'I look.',
        calls: [
          { tool: 'geocode', arguments: { city: 'Oslo' } },
          { tool: 'weather', arguments: { lat: { from_call: 1, path: 'lat' } } },
        ],
      },
      { text: 'Clear.' },
    ],
    tools: { geocode: { result: { lat: 59.9, note: 'x'.repeat(100) } }, weather: { fails: 'No such place.' } },
  })
  const { system, messages } = shownConversation(run, { flow, variables: { who: 'sailors' } })
  expect(system).toMatch(/^You brief sailors\./)
  expect(system).toContain('weather runs after geocode')
  expect(messages).toMatchObject([
    { role: 'user', turn: 0, text: 'Oslo?' },
    { role: 'assistant', turn: 1, text: 'I look.', calls: [{ call: 1, tool: 'geocode' }, { call: 2 }] },
    {
      role: 'results',
      turn: 1,
      results: [
        { call: 1, isError: false, cut: 92 },
        { call: 2, isError: true, cut: 0 },
      ],
    },
    { role: 'assistant', turn: 2, text: 'Clear.', calls: [] },
  ])
  const sent = requests.at(-1)?.messages.find((message) => message.role === 'results')
  const shown = messages.find((message) => message.role === 'results')
  expect(shown?.results.map(({ text }) => text)).toEqual(sent?.results.map(({ text }) => text))
})

test('a volley written by hand had no conversation', async () => {
  const batch = [{ tool: 'weather', arguments: {} }]
  const { run } = await runWith({ flow, batch })
  expect(shownConversation(run, { flow, variables: {}, batch })).toEqual({ system: '', messages: [] })
})
