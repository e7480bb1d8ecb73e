import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFlow } from '../flow/parse.ts'
import { flowOfSketch } from './flowOfSketch.ts'
import { SKETCH_TYPES, sketchParameters, sketchSchema } from './sketch.ts'

const AGENT = { provider: 'simulated', model: 'simulated-1' }
const aTool = (name: string, more: object = {}) => ({
  name,
  description: 'Does it.',
  parameters: [{ name: 'city', type: 'string' }],
  result: { items: [{ id: 'a-1', price: 3 }] },
  changes: false,
  ...more,
})
const aSketch = (tools: object[], edges: object[] = []) =>
  sketchSchema.parse({ name: 'Trips', system: 'Plan.', prompt: 'Plan a trip.', tools, edges })
const flowOf = (tools: object[], edges: object[] = []) => flowOfSketch(aSketch(tools, edges), AGENT)

test('tools become mocks; what changes something has no read-only hint, what is risky waits for a person', () => {
  const { flow, problems } = flowOf([aTool('search'), aTool('book', { changes: true, asksFirst: true })])
  expect(problems).toEqual([])
  expect(flow.agent).toEqual({ ...AGENT, system: 'Plan.' })
  expect(flow.tools.map(({ run }) => run)).toMatchObject([{ kind: 'mock', result: { items: [{}] } }, { kind: 'mock' }])
  expect(flow.tools.map(({ annotations }) => annotations)).toEqual([
    { readOnlyHint: true, idempotentHint: true, destructiveHint: false },
    { destructiveHint: true },
  ])
  expect(flow.tools.map(({ policy }) => policy?.approval)).toEqual([undefined, 'always'])
})

test('names are made legal, and edges follow them', () => {
  const { flow, problems } = flowOf(
    [aTool('search flights'), aTool('book', { parameters: [{ name: 'flight id', type: 'string' }] })],
    [{ from: 'search flights', to: 'book', map: { 'flight id': 'items[0].id' } }],
  )
  expect(problems).toEqual([
    { pointer: '/tools/0/name', message: '"search flights" cannot be a tool\'s name: it is "search_flights" now.' },
  ])
  expect(flow.edges).toEqual([{ from: 'search_flights', to: 'book', kind: 'data', map: { flight_id: 'items[0].id' } }])
})

test.each([
  ['to no tool', [{ from: 'search', to: 'fly' }], /there is no tool "fly"/],
  [
    'drawn twice',
    [
      { from: 'search', to: 'book' },
      { from: 'search', to: 'book' },
    ],
    /already runs after/,
  ],
  [
    'in a circle',
    [
      { from: 'search', to: 'book' },
      { from: 'book', to: 'search' },
    ],
    /That would be a circle: .*"search"/,
  ],
  [
    'with a path to nothing',
    [{ from: 'search', to: 'book', map: { city: 'items[0].town' } }],
    /has nothing at "items\[0\].town"/,
  ],
  [
    'with a value of another type',
    [{ from: 'search', to: 'book', map: { city: 'items[0].price' } }],
    /has another type/,
  ],
  ['to no parameter', [{ from: 'search', to: 'book', map: { town: 'items[0].id' } }], /has no parameter "town"/],
  ['with no path', [{ from: 'search', to: 'book', map: { city: 'items[' } }], /is no path/],
])('an edge %s is left out or loses its map, and that is told', (_what, edges, message) => {
  const { flow, problems } = flowOf([aTool('search'), aTool('book')], edges)
  expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)])
  expect(flow.edges.filter((edge) => edge.map)).toEqual([])
})

const name = fc.oneof(
  fc.constantFrom('search', 'book', 'agent', 'constructor', '__proto__', 'a b', 'é', '日本', 'x'.repeat(64)),
  fc.string({ minLength: 1, maxLength: 64 }).filter((text) => text.trim() !== ''),
)
const path = fc.constantFrom('id', 'items[0].id', 'items', 'n', 'items[9]', '[', '')
const sketches = fc.record({
  name: fc.constant('N'),
  system: fc.constant('S'),
  prompt: fc.constant('P'),
  tools: fc.array(
    fc.record({
      name,
      description: fc.constant('D'),
      parameters: fc.array(
        fc.record({
          name,
          type: fc.constantFrom(...SKETCH_TYPES),
          required: fc.boolean(),
          choices: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }),
        }),
        { maxLength: 4 },
      ),
      result: fc.constant({ id: 'x', items: [{ id: 'y' }], n: 1 }),
      changes: fc.boolean(),
      asksFirst: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  edges: fc.array(
    fc.record({
      from: name,
      to: name,
      map: fc.array(fc.tuple(name, path), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    }),
    { maxLength: 10 },
  ),
})

test('whatever is sketched, the flow is a valid document', () => {
  fc.assert(
    fc.property(sketches, (given) => {
      const { flow } = flowOfSketch(sketchSchema.parse(given), AGENT)
      expect(parseFlow(flow, { checkSchema: () => [] })).toMatchObject({ ok: true })
      expect(flow.tools).toHaveLength(given.tools.length)
    }),
    { numRuns: 300 },
  )
})

test('the schema shown to models asks for an object and nothing but it', () => {
  expect(sketchParameters()).toMatchObject({
    type: 'object',
    additionalProperties: false,
    required: ['name', 'system', 'prompt', 'tools'],
  })
})
