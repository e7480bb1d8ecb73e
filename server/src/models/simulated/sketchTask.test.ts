import { flowOfSketch } from '@volley/shared/sketch/flowOfSketch.ts'
import { sketchSchema } from '@volley/shared/sketch/sketch.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sketchTask } from './sketchTask.ts'

const flowOf = (task: string) => {
  const { flow, problems } = flowOfSketch(sketchSchema.parse(sketchTask(task)), { provider: 'simulated', model: 's' })
  expect(problems).toEqual([])
  return flow
}
const edgesOf = (task: string) => flowOf(task).edges.map(({ from, to }) => `${from} → ${to}`)
const toolsOf = (task: string) => flowOf(task).tools.map((tool) => tool.name)

test('lookups stand side by side, what thinks about them comes after, what changes something last and after a person', () => {
  const flow = flowOf('look up flights and hotels, compare prices, then book the cheapest')
  expect(flow.tools.map(({ name, policy }) => [name, policy?.approval])).toEqual([
    ['search_flights', undefined],
    ['search_hotels', undefined],
    ['compare_prices', undefined],
    ['book', 'always'],
  ])
  expect(flow.edges).toEqual([
    { from: 'search_flights', to: 'compare_prices', kind: 'data', map: { flights: 'items' } },
    { from: 'search_hotels', to: 'compare_prices', kind: 'data', map: { hotels: 'items' } },
    { from: 'compare_prices', to: 'book', kind: 'data', map: { choice_id: 'choice_id' } },
  ])
})

describe('reads', () => {
  test.each([
    ['an introduction', 'I want an assistant that fetches the news and lists events.', ['get_news', 'list_events']],
    ['a person’s wish', 'Please check the weather', ['check_weather']],
    ['words without a verb', 'weather', ['search']],
    ['what names nothing more', 'Check the weather in several cities and tell me which is warmest', ['check_weather']],
    ['quoted words as values', 'Translate "Guten Tag" into French', ['translate']],
    ['a script it cannot read', '日本の天気を調べる', ['search']],
  ])('%s', (_what, task, tools) => {
    expect(toolsOf(task)).toEqual(tools)
  })

  test('"then" and words that point back as waiting, "and" between lookups as not', () => {
    expect(edgesOf('Find the customer and check the weather')).toEqual([])
    expect(edgesOf('Find the customer, then check the orders')).toEqual(['search_customer → check_orders'])
    expect(edgesOf('Find the customer and list their orders')).toEqual(['search_customer → list_orders'])
  })

  test('coordinates as two numbers that the next lookup takes', () => {
    expect(flowOf('find the coordinates of a city, then get the forecast').edges).toMatchObject([
      { map: { latitude: 'latitude', longitude: 'longitude' } },
    ])
  })
})

test('a value named like the tool it comes from gets another name', () => {
  expect(flowOf('find , send').edges).toMatchObject([{ from: 'search', to: 'send', map: { search_of_search: 'text' } }])
})

test('any words give a sketch that needs no repair, the same one every time', () => {
  const words = fc
    .array(
      fc.constantFrom(
        ...'find look up flights hotels , and then compare for each their book the cheapest . send it coordinates of "x y" prices constructor agent'.split(
          ' ',
        ),
      ),
      { maxLength: 40 },
    )
    .map((all) => all.join(' '))
  fc.assert(
    fc.property(fc.oneof(words, fc.string({ maxLength: 300 })), (task) => {
      fc.pre(task.trim() !== '')
      flowOf(task)
      expect(sketchTask(task)).toEqual(sketchTask(task))
    }),
    { numRuns: 300 },
  )
})

test('a long text takes no long time', () => {
  const began = performance.now()
  flowOf('find flights and '.repeat(400))
  flowOf('for each '.repeat(400))
  flowOf('and then, '.repeat(400))
  expect(performance.now() - began).toBeLessThan(2000)
})
