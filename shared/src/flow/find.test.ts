import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FindQuery, findInFlow } from './find.ts'
import { replaceAll, replaceOne } from './findAndReplace.ts'
import { type Flow, flowSchema } from './flow.ts'
import { parseFlow } from './parse.ts'

const find = (words: string, more: Partial<FindQuery> = {}): FindQuery => ({
  words,
  isCaseSensitive: false,
  isWholeWord: false,
  ...more,
})

const WEATHER: Flow = flowSchema.parse({
  format: 'volley.flow/1',
  name: 'Weather',
  agent: { provider: 'simulated', model: 'm', system: 'Ask geo for the place (geo first).' },
  tools: [
    {
      name: 'geo',
      description: 'Finds a place.',
      parameters: { type: 'object', properties: { city: { type: 'string', description: 'The city to find.' } } },
      run: { kind: 'http', url: 'https://geo.example.com/find?name={{city}}' },
    },
    {
      name: 'forecast',
      description: 'Weather of a place.',
      parameters: { type: 'object', properties: { lat: { type: 'number' }, lon: { type: 'number' } } },
      run: { kind: 'code', source: 'export default async ({ lat, lon }) => lat + lon' },
    },
  ],
  edges: [{ from: 'geo', to: 'forecast', kind: 'data', map: { lat: 'lat' } }],
  layout: { geo: { x: 0, y: 0 } },
  notes: [{ id: 'n1', x: 0, y: 0, text: 'Geo is free of charge.' }],
})

const isValid = (flow: Flow) => parseFlow(structuredClone(flow), { checkSchema: () => [] }).ok

test('words are found in the prompt, in tools, parameters, addresses, code and notes, in reading order', () => {
  const kinds = (words: string) => findInFlow(WEATHER, find(words)).map(({ kind }) => kind)
  expect(kinds('geo')).toEqual(['system', 'system', 'name', 'url', 'note'])
  expect(kinds('city')).toEqual(['parameter', 'parameterDescription', 'url'])
  expect(kinds('lat')).toEqual(['parameter', 'code', 'code'])
  expect(kinds('place')).toEqual(['system', 'description', 'description'])
  expect(kinds('')).toEqual([])
})

test('letters count as they are written only where that is asked for, and whole words stand alone', () => {
  expect(findInFlow(WEATHER, find('Geo'))).toHaveLength(5)
  expect(findInFlow(WEATHER, find('Geo', { isCaseSensitive: true }))).toHaveLength(1)
  expect(findInFlow(WEATHER, find('cast'))).toHaveLength(1)
  expect(findInFlow(WEATHER, find('cast', { isWholeWord: true }))).toHaveLength(0)
  expect(findInFlow(WEATHER, find('find', { isWholeWord: true }))).toHaveLength(2)
})

test('signs that mean something in a pattern are plain text', () => {
  expect(findInFlow(WEATHER, find('(geo'))).toHaveLength(1)
  expect(findInFlow(WEATHER, find('.*'))).toHaveLength(0)
  expect(findInFlow(WEATHER, find('{{city}}'))).toHaveLength(1)
})

test('a tool that is renamed by it is renamed everywhere', () => {
  const replaced = replaceAll(WEATHER, find('geo', { isCaseSensitive: true }), 'locate')
  if (!replaced.ok) throw new Error(replaced.error)
  const { flow, count } = replaced.value
  expect(count).toBe(4)
  expect(flow.tools[0]?.name).toBe('locate')
  expect(flow.edges[0]?.from).toBe('locate')
  expect(flow.layout).toEqual({ locate: { x: 0, y: 0 } })
  expect(flow.agent.system).toBe('Ask locate for the place (locate first).')
  expect(isValid(flow)).toBe(true)
})

test('a parameter that is renamed by it takes its placeholders and maps along', () => {
  const replaced = replaceAll(WEATHER, find('city'), 'town')
  if (!replaced.ok) throw new Error(replaced.error)
  const [tool] = replaced.value.flow.tools
  expect(Object.keys(tool?.parameters.properties as object)).toEqual(['town'])
  expect(tool?.run).toMatchObject({ url: 'https://geo.example.com/find?name={{town}}' })
})

test('one place is changed and no other', () => {
  const [, second] = findInFlow(WEATHER, find('geo'))
  if (!second) throw new Error('not found')
  const replaced = replaceOne(WEATHER, second, 'locate')
  expect(replaced.ok && replaced.value.agent.system).toBe('Ask geo for the place (locate first).')
  expect(replaced.ok && replaced.value.tools).toEqual(WEATHER.tools)
})

test('what would give a bad document is refused as a whole, with the reason', () => {
  expect(replaceAll(WEATHER, find('geo'), 'forecast')).toEqual({
    ok: false,
    error: '"geo": Another tool is named "forecast".',
  })
  expect(replaceAll(WEATHER, find('geo'), 'a b')).toMatchObject({ ok: false })
  const address = replaceAll(WEATHER, find('https://geo.example.com'), '')
  expect(address).toMatchObject({ ok: false })
})

test('names may change places in a chain', () => {
  const flow = {
    ...WEATHER,
    edges: [],
    tools: WEATHER.tools.map((tool, at) => ({ ...tool, name: at === 0 ? 'a' : 'aa' })),
  }
  const replaced = replaceAll(
    { ...flow, agent: { ...flow.agent, system: '' } },
    find('a', { isCaseSensitive: true }),
    'aa',
  )
  expect(replaced.ok && replaced.value.flow.tools.map((tool) => tool.name)).toEqual(['aa', 'aaaa'])
})

test('after replacing all, none of the words is left and the document is as good as before', () => {
  const word = fc.stringMatching(/^[a-d]{1,2}$/)
  const aTool = fc.record({
    name: fc.stringMatching(/^[a-d]{1,5}$/),
    description: fc.stringMatching(/^[a-d ]{0,9}$/),
    parameter: fc.stringMatching(/^[a-dx]{1,4}$/),
  })
  fc.assert(
    fc.property(
      fc.uniqueArray(aTool, { maxLength: 5, selector: ({ name }) => name }),
      fc.array(fc.tuple(fc.nat(4), fc.nat(4))),
      word,
      fc.stringMatching(/^[w-z]{1,3}$/),
      fc.stringMatching(/^[a-dA-D ]{0,12}$/),
      (tools, pairs, words, replacement, text) => {
        const names = tools.map(({ name }) => name)
        const flow: Flow = {
          ...WEATHER,
          agent: { ...WEATHER.agent, system: text },
          tools: tools.map(({ name, description, parameter }) => ({
            name,
            description,
            parameters: { type: 'object', properties: { [parameter]: { type: 'string', description: text } } },
            run: { kind: 'http', url: `https://w.zz/${text.trim()}?q={{${parameter}}}` },
          })),
          edges: pairs
            .filter(
              ([from, to], at) =>
                from < to && to < names.length && pairs.findIndex(([a, b]) => a === from && b === to) === at,
            )
            .map(([from, to]) => ({ from: names[from] as string, to: names[to] as string, kind: 'order' as const })),
          layout: {},
          notes: [{ id: 'note', x: 0, y: 0, text }],
        }
        const replaced = replaceAll(flow, find(words), replacement)
        if (!replaced.ok) return
        expect(findInFlow(replaced.value.flow, find(words))).toEqual([])
        expect(isValid(replaced.value.flow)).toBe(isValid(flow))
        expect(replaced.value.flow.edges).toHaveLength(flow.edges.length)
      },
    ),
    { numRuns: 300 },
  )
})
