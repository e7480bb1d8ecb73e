import { testCaseOf } from '@volley/shared/evals/testCaseOf.ts'
import { argumentSources } from '@volley/shared/trace/argumentSources.ts'
import { expect, test } from 'vitest'
import { aFlow, aTool, data, runWith } from '../testing/runWith.ts'

const number = { type: 'number' }
const flow = aFlow(
  [
    'geocode',
    aTool('forecast', {
      parameters: { type: 'object', properties: { stops: { type: 'array' }, note: { type: 'string' }, lon: number } },
    }),
    aTool('weather', { parameters: { type: 'object', properties: { lat: number }, required: ['lat'] } }),
  ],
  [data('geocode', 'forecast'), data('geocode', 'weather', { map: { lat: 'place.lat' } })],
)
const played = () =>
  runWith({
    flow,
    input: 'Oslo?',
    turns: [
      {
        calls: [
          { tool: 'geocode', arguments: { city: 'Oslo' } },
          {
            tool: 'forecast',
            arguments: {
              stops: [{ lat: { from_call: 1, path: 'place.lat' } }],
              note: { from_call: 1, path: 'place.name', text: 'near {}' },
              lon: 10.7,
            },
          },
          { tool: 'weather', arguments: { geocode: 1 } },
        ],
      },
      { text: 'Clear.' },
    ],
    tools: { geocode: { result: { place: { lat: 59.9, name: 'Oslo S' } } } },
  })

test('each value that a call took from another is told with where it came from and what it is', async () => {
  const { run } = await played()
  const sourcesOf = (call: number) => argumentSources(run, flow, run.calls[call - 1] as (typeof run.calls)[number])
  expect(sourcesOf(1)).toEqual([])
  expect(sourcesOf(2)).toEqual([
    { argument: 'stops[0].lat', call: 1, path: 'place.lat', value: 59.9 },
    { argument: 'note', call: 1, path: 'place.name', text: 'near {}', value: 'near Oslo S' },
  ])
  expect(sourcesOf(3)).toEqual([{ argument: 'lat', call: 1, path: 'place.lat', value: 59.9 }])
})

test('a run as a test case expects the calls that succeeded, with the arguments that their tools got, in the order they waited', async () => {
  const { run } = await played()
  expect(testCaseOf(run)).toMatchObject({
    name: 'Harbour desk: Oslo?',
    input: 'Oslo?',
    expected: {
      calls: [
        { id: '1', tool: 'geocode', arguments: { city: ['Oslo'] } },
        {
          tool: 'forecast',
          arguments: { stops: [[{ lat: 59.9 }]], note: ['near Oslo S'], lon: [10.7] },
          after: ['1'],
        },
        { tool: 'weather', arguments: { lat: [59.9] }, after: ['1'] },
      ],
    },
  })
  expect(testCaseOf(run, run.calls.slice(2)).expected.calls).toEqual([{ tool: 'weather', arguments: { lat: [59.9] } }])
})
