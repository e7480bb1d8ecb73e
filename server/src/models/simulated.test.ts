import { expect, test } from 'vitest'
import type { ModelEvent, ModelRequest } from '../engine/ports.ts'
import { createSimulatedModel } from './simulated.ts'
import { collect, summaryOf } from './testing/events.ts'

const weather = {
  name: 'get_weather',
  description: 'Current weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'simulated-1',
  system: 'You brief travellers.',
  messages: [{ role: 'user', text: 'What is the weather in San Francisco, New York and Chicago?' }],
  tools: [weather],
  settings: { pace: { firstTokenMs: 0, callMs: 0 } },
  parallel: true,
  idleMs: 5_000,
  ...more,
})
const never = new AbortController().signal
const ask = (more: Partial<ModelRequest> = {}) => collect(createSimulatedModel().stream(request(more), never))

test('the seed story is three calls at once, through the client and the assembler of the real ones', async () => {
  const said = summaryOf(await ask())
  expect(said.calls.map(({ argumentsText }) => argumentsText)).toEqual([
    '{"city":"San Francisco"}',
    '{"city":"New York"}',
    '{"city":"Chicago"}',
  ])
  expect(new Set(said.calls.map(({ id }) => id)).size).toBe(3)
  expect(said.stopReason).toBe('calls')
  expect(said.usage?.inputTokens).toBeGreaterThan(10)
})

test('the same request gives the same events, another one other ids', async () => {
  expect(await ask()).toEqual(await ask())
  const ids = async (more?: Partial<ModelRequest>) => summaryOf(await ask(more)).calls.map(({ id }) => id)
  expect(await ids()).not.toEqual(await ids({ messages: [{ role: 'user', text: 'Weather in Oslo' }] }))
})

test('after the results it answers in small pieces, and says that it is simulated', async () => {
  const events = await ask({
    messages: [
      { role: 'user', text: 'Weather in Oslo' },
      { role: 'assistant', text: '', calls: [{ id: 'a', tool: 'get_weather', argumentsText: '{"city":"Oslo"}' }] },
      { role: 'results', results: [{ id: 'a', tool: 'get_weather', text: '{"degrees":4}', isError: false }] },
    ],
  })
  expect(events.filter(({ type }) => type === 'text').length).toBeGreaterThan(4)
  expect(summaryOf(events)).toMatchObject({
    calls: [],
    stopReason: 'end',
    text: expect.stringMatching(/Oslo.*degrees 4.*simulated/s),
  })
})

test('a script and its pace reach it: the calls come one after the other', async () => {
  const script = [{ text: 'Two.', calls: [{ tool: 'chart', arguments: { year: 1 } }, { tool: 'chart' }] }]
  const at: number[] = []
  const events: ModelEvent[] = []
  const began = performance.now()
  for await (const event of createSimulatedModel().stream(
    request({ settings: { script, pace: { firstTokenMs: 60, callMs: 60 } } }),
    never,
  )) {
    events.push(event)
    if (event.type === 'call') at.push(performance.now() - began)
  }
  expect(summaryOf(events)).toMatchObject({
    text: 'Two.',
    calls: [{ argumentsText: '{"year":1}' }, { argumentsText: '{}' }],
  })
  expect(at[0]).toBeGreaterThan(110)
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(50)
})

test('an abort ends it at once, in the middle of a wait', async () => {
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 30)
  const began = performance.now()
  const events = await collect(
    createSimulatedModel().stream(request({ settings: { pace: { firstTokenMs: 60_000 } } }), abort.signal),
  )
  expect(events.at(-1)).toMatchObject({ type: 'broken', problem: { code: 'cancelled' } })
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('required tools are called, forbidden ones are not', async () => {
  expect(
    summaryOf(await ask({ settings: { toolChoice: 'required', pace: { firstTokenMs: 0, callMs: 0 } } })).calls,
  ).toHaveLength(3)
  expect(
    summaryOf(await ask({ settings: { toolChoice: 'none', pace: { firstTokenMs: 0, callMs: 0 } } })).calls,
  ).toEqual([])
})
