import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject } from '../lib/json.ts'
import { MOST_BYTES, type ParseOptions, parseFlow, parseFlowText } from './parse.ts'
import type { Problem } from './problem.ts'

type Loose = Record<string, unknown>
const options: ParseOptions = { checkSchema: () => [] }
const parametersOf = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  additionalProperties: false,
})
const tool = (name: string, more: Loose = {}): Loose => ({
  name,
  parameters: parametersOf('place'),
  run: { kind: 'mock', result: { from: name } },
  ...more,
})
const document = (more: Loose = {}): Loose => ({
  format: 'volley.flow/1',
  name: 'Harbour',
  agent: { provider: 'simulated', model: 'simulated-1' },
  tools: [tool('tides'), tool('berths')],
  edges: [{ from: 'tides', to: 'berths', kind: 'data' }],
  ...more,
})
const problemsOf = (value: unknown): Problem[] => {
  const parsed = parseFlow(value, options)
  return parsed.ok ? [] : parsed.error
}
const withRun = (run: Loose) => document({ tools: [tool('tides', { run })], edges: [] })
const http = (more: Loose) => withRun({ kind: 'http', url: 'https://example.org/x', ...more })

describe('a good document', () => {
  test('comes out as it was, with empty lists where they were left out', () => {
    const parsed = parseFlow(document(), options)
    expect(parsed).toEqual({ ok: true, value: { ...document(), description: '', layout: {}, notes: [] } })
  })

  test('may hold all that the contract shows', () => {
    const whole = document({
      agent: {
        provider: 'simulated',
        model: 'simulated-1',
        system: 'You brief {{audience}}.',
        variables: { audience: 'sailors' },
        parallelism: 'graph',
        settings: {
          temperature: 0.2,
          maxOutputTokens: 2048,
          toolChoice: 'auto',
          script: [{ calls: [{ tool: 'nobody' }] }],
        },
        limits: { turns: 10, calls: 200, callsPerTurn: 128, concurrency: 32, timeoutMs: 600000, idleMs: 60000 },
      },
      tools: [
        tool('tides', { policy: { exclusive: 'pier:{{place}}', retries: 2 }, annotations: { readOnlyHint: true } }),
        tool('berths', {
          run: {
            kind: 'http',
            url: 'https://example.org/{{place}}?key={{secret.KEY}}',
            headers: { Authorization: 'Bearer {{secret.KEY}}' },
            body: { at: '{{place}}' },
            select: 'hourly.temperature_2m[:24]',
          },
        }),
      ],
      edges: [
        { from: 'tides', to: 'berths', kind: 'data', map: { place: 'at."pier name"[0]' }, onFailure: 'continue' },
      ],
      layout: { agent: { x: 0, y: 0 }, tides: { x: 320, y: -10.5 } },
      notes: [{ id: 'n1', x: 0, y: 0, text: 'Look.' }],
    })
    expect(problemsOf(whole)).toEqual([])
  })
})

describe('a bad document is refused at the faulty place, in words', () => {
  const cases: [string, unknown, string, RegExp][] = [
    ['no object', [], '', /the document must be an object, but is a list/],
    ['an unknown format', document({ format: 'volley.flow/9' }), '/format', /"volley.flow\/9".*reads "volley.flow\/1"/],
    ['a missing part', document({ agent: { provider: 'x' } }), '/agent/model', /"model" is missing from "agent"/],
    ['no tool list', document({ tools: {} }), '/tools', /"tools" must be a list, but is an object/],
    [
      'a wrong type',
      document({ tools: [tool('a', { policy: { retries: 'twice' } })], edges: [] }),
      '/tools/0/policy/retries',
      /^"retries" must be a whole number from 0 to 20, but is text "twice"\.$/,
    ],
    [
      'out of range',
      document({ agent: { provider: 'x', model: 'y', limits: { turns: 0 } } }),
      '/agent/limits/turns',
      /from 1 to 1000, but is the number 0/,
    ],
    [
      'no choice of its list',
      document({ agent: { provider: 'x', model: 'y', parallelism: 'grap' } }),
      '/agent/parallelism',
      /"serial", "batch" or "graph", but is text "grap": did you mean "graph"/,
    ],
    [
      'an unknown key',
      document({ agent: { provider: 'x', model: 'y', limit: {} } }),
      '/agent/limit',
      /"agent" has no key "limit": did you mean "limits"\?/,
    ],
    [
      'an unknown key far from any',
      document({ agent: { provider: 'x', model: 'y', tempo: 3 } }),
      '/agent/tempo',
      /it may have "provider", "model"/,
    ],
    [
      'an unknown kind of run',
      withRun({ kind: 'htpp' }),
      '/tools/0/run/kind',
      /"http", "code", "mcp", "flow" or "mock", but is text "htpp": did you mean "http"/,
    ],
    ['no kind of run', withRun({ url: 'x' }), '/tools/0/run/kind', /"kind" is missing from "run"/],
    ['a key of another kind of run', withRun({ kind: 'mock', url: 'x' }), '/tools/0/run/url', /"run" has no key "url"/],
    [
      'a bad case',
      withRun({ kind: 'mock', cases: [{ result: 1 }] }),
      '/tools/0/run/cases/0/when',
      /"when" is missing from item 1 of "cases"/,
    ],
    [
      'a number that is no JSON',
      withRun({ kind: 'mock', result: { deep: [1, { far: Number.POSITIVE_INFINITY }] } }),
      '/tools/0/run/result/deep/1/far',
      /must be a JSON value, but is the number Infinity/,
    ],
    [
      'a bad name',
      document({ tools: [tool('a b')], edges: [] }),
      '/tools/0/name',
      /1 to 64 letters, digits, "_" or "-", but is text "a b"/,
    ],
    [
      'a taken name',
      document({ tools: [tool('a'), tool('b'), tool('a')], edges: [] }),
      '/tools/2/name',
      /"a" is already the name of tool 1/,
    ],
    ['a reserved name', document({ tools: [tool('constructor')], edges: [] }), '/tools/0/name', /reserved/],
    ['a name that is no key', document({ tools: [tool('__proto__')], edges: [] }), '/tools/0/name', /reserved/],
    [
      'a reserved parameter',
      document({ tools: [tool('a', { parameters: parametersOf('prototype') })], edges: [] }),
      '/tools/0/parameters/properties/prototype',
      /reserved/,
    ],
    [
      'an edge to no tool',
      document({ edges: [{ from: 'tides', to: 'bert', kind: 'order' }] }),
      '/edges/0/to',
      /"bert", but there is no such tool: choose "tides" or "berths"/,
    ],
    [
      'an edge from no tool',
      document({ edges: [{ from: 'tide', to: 'berths', kind: 'order' }] }),
      '/edges/0/from',
      /did you mean "tides"\?/,
    ],
    [
      'an edge twice',
      document({ edges: [1, 2].map(() => ({ from: 'tides', to: 'berths', kind: 'order' })) }),
      '/edges/1',
      /stands twice, first as edge 1/,
    ],
    [
      'an order edge to itself',
      document({ edges: [{ from: 'tides', to: 'tides', kind: 'order' }] }),
      '/edges/0',
      /the cycle tides → tides/,
    ],
    [
      'a map of an order edge',
      document({ edges: [{ from: 'tides', to: 'berths', kind: 'order', map: { place: 'x' } }] }),
      '/edges/0/map',
      /carries no values/,
    ],
    [
      'a map to no parameter',
      document({ edges: [{ from: 'tides', to: 'berths', kind: 'data', map: { depth: 'x' } }] }),
      '/edges/0/map/depth',
      /"berths" has no parameter "depth": it has "place"/,
    ],
    [
      'a map by no path',
      document({ edges: [{ from: 'tides', to: 'berths', kind: 'data', map: { place: 'x[*]' } }] }),
      '/edges/0/map/place',
      /"x\[\*\]" is no path/,
    ],
    [
      'two maps to one parameter',
      document({
        tools: [tool('a'), tool('b'), tool('c')],
        edges: ['a', 'b'].map((from) => ({ from, to: 'c', kind: 'data', map: { place: 'x' } })),
      }),
      '/edges/1/map/place',
      /filled by two edges, "a" → "c" and "b" → "c"/,
    ],
    [
      'a parameter named like the source',
      document({
        tools: [tool('a'), tool('b', { parameters: parametersOf('a', 'x') })],
        edges: [{ from: 'a', to: 'b', kind: 'data', map: { x: 'y' } }],
      }),
      '/edges/0/map',
      /named like the tool "a"/,
    ],
    [
      'a layout of no tool',
      document({ layout: { berth: { x: 0, y: 0 } } }),
      '/layout/berth',
      /did you mean "berths"\?/,
    ],
    [
      'a point without y',
      document({ layout: { tides: { x: 0 } } }),
      '/layout/tides/y',
      /"y" is missing from "tides": it must be a number/,
    ],
    [
      'a note twice',
      document({ notes: [1, 2].map(() => ({ id: 'n', x: 0, y: 0, text: '' })) }),
      '/notes/1/id',
      /"n" already/,
    ],
    ['no address', http({ url: 'ftp://example.org' }), '/tools/0/run/url', /must be a whole address/],
    ['a placeholder as host', http({ url: 'https://{{place}}.org/' }), '/tools/0/run/url', /placeholder in its host/],
    ['a secret as host', http({ url: 'https://x{{secret.A}}/' }), '/tools/0/run/url', /placeholder in its host/],
    ['a password in the address', http({ url: 'https://a:b@example.org/' }), '/tools/0/run/url', /password/],
    [
      'a placeholder of no parameter',
      http({ url: 'https://example.org/{{plac}}' }),
      '/tools/0/run/url',
      /"url" of "tides" uses {{plac}}.*did you mean "place"\?/,
    ],
    ['an open placeholder', http({ body: { a: ['{{place'] } }), '/tools/0/run/body/a/0', /never closed/],
    ['a header of two lines', http({ headers: { 'X-A': 'a\r\nX-B: b' } }), '/tools/0/run/headers/X-A', /one line/],
    ['a bad name of a header', http({ headers: { 'X A': 'a' } }), '/tools/0/run/headers/X A', /no name of a header/],
    ['a header of the connection', http({ headers: { Host: 'a' } }), '/tools/0/run/headers/Host', /set by Volley/],
    ['a bad select', http({ select: 'a[' }), '/tools/0/run/select', /no JMESPath/],
    [
      'a case that can never be used',
      withRun({ kind: 'mock', cases: [{ when: { plaice: 1 } }] }),
      '/tools/0/run/cases/0/when/plaice',
      /did you mean "place"\?/,
    ],
    [
      'a bad exclusive',
      document({ tools: [tool('a', { policy: { exclusive: 'x:{{dock}}' } })], edges: [] }),
      '/tools/0/policy/exclusive',
      /{{dock}}/,
    ],
    ['__proto__ at the top', JSON.parse('{"__proto__":{"format":"volley.flow/1"}}'), '/__proto__', /__proto__/],
    [
      '__proto__ far inside',
      withRun({ kind: 'mock', result: JSON.parse('[{"a":{"__proto__":1}}]') }),
      '/tools/0/run/result/0/a/__proto__',
      /__proto__/,
    ],
  ]
  test.each(cases)('%s', (_what, value, pointer, message) => {
    const problems = problemsOf(value)
    expect(problems.find((problem) => problem.pointer === pointer)?.message).toMatch(message)
  })

  test.each(cases)('%s is told once', (_what, value) => {
    const pointers = problemsOf(value).map((problem) => problem.pointer)
    expect(pointers).toEqual([...new Set(pointers)])
  })

  test('with all its faults together', () => {
    const value = document({
      tools: [tool('find_berth'), tool('tide table')],
      edges: [{ from: 'find_berth', to: 'lighthouse', kind: 'order', map: 3 }],
      colour: 'red',
    })
    expect(
      problemsOf(value)
        .map((problem) => problem.pointer)
        .sort(),
    ).toEqual(['/colour', '/edges/0/map', '/edges/0/to', '/tools/1/name'])
  })

  test('a cycle is named by its shortest way, at each of its order edges', () => {
    const names = ['a', 'b', 'c', 'd']
    const edges = [
      ['a', 'b', 'order'],
      ['b', 'c', 'data'],
      ['c', 'd', 'data'],
      ['d', 'a', 'data'],
      ['c', 'a', 'data'],
    ]
    const value = document({
      tools: names.map((name) => tool(name)),
      edges: edges.map(([from, to, kind]) => ({ from, to, kind })),
    })
    expect(problemsOf(value)).toEqual([
      { pointer: '/edges/0', message: expect.stringContaining('the cycle a → b → c → a,') },
    ])
  })

  test('a cycle of data edges is none of them', () => {
    const edges = [
      ['tides', 'berths'],
      ['berths', 'tides'],
      ['tides', 'tides'],
    ].map(([from, to]) => ({ from, to, kind: 'data' }))
    expect(problemsOf(document({ edges }))).toEqual([])
  })

  test('undeclared arguments may be named where a tool takes any', () => {
    const parameters = { type: 'object', additionalProperties: true }
    const run = { kind: 'http', url: 'https://example.org/{{anything}}' }
    expect(problemsOf(document({ tools: [tool('a', { parameters, run })], edges: [] }))).toEqual([])
  })

  test('faults of a schema get pointers into the document', () => {
    const parsed = parseFlow(document(), { checkSchema: () => [{ pointer: '/properties/x~1y', message: 'No.' }] })
    expect(parsed).toMatchObject({
      error: [{ pointer: '/tools/0/parameters/properties/x~1y' }, { pointer: '/tools/1/parameters/properties/x~1y' }],
    })
  })
})

describe('a text', () => {
  const deep = (levels: number) =>
    JSON.stringify(withRun({ kind: 'mock', result: 'HERE' })).replace('"HERE"', '['.repeat(levels) + ']'.repeat(levels))

  test('is read', () => {
    expect(parseFlowText(`\uFEFF${JSON.stringify(document())}`, options)).toMatchObject({
      ok: true,
      value: { name: 'Harbour' },
    })
  })

  test.each([
    ['that is no JSON', '{"format":', 'bad_request', /no JSON/],
    [
      'that is larger than 5 MB',
      JSON.stringify(document({ description: 'x'.repeat(MOST_BYTES) })),
      'too_large',
      /5 MB/,
    ],
    [
      'that is larger than 5 MB in UTF-8',
      JSON.stringify(document({ description: '€'.repeat(1_700_000) })),
      'too_large',
      /5 MB/,
    ],
    ['that is deeper than 64 levels', deep(61), 'unprocessable', /64 levels/],
    ['that is deep enough to break a parser', '['.repeat(200_000), 'unprocessable', /64 levels/],
    ['that is wrong', '{}', 'unprocessable', /missing/],
  ])('%s is refused', (_what, text, code, message) => {
    expect(parseFlowText(text, options)).toMatchObject({
      ok: false,
      error: {
        code,
        problems: expect.arrayContaining([{ pointer: expect.any(String), message: expect.stringMatching(message) }]),
      },
    })
  })

  test('of 64 levels is read', () => {
    expect(parseFlowText(deep(60), options).ok).toBe(true)
  })
})

test('a value that is too deep or holds itself is refused too', () => {
  const loop: Loose = document()
  loop.description = [loop, loop]
  expect(problemsOf(loop)).toEqual([{ pointer: expect.any(String), message: expect.stringMatching(/64 levels/) }])
})

test('a large document full of faults is refused in little time', () => {
  const many = (length: number, make: (n: number) => unknown) => Array.from({ length }, (_, n) => make(n))
  const tools = many(2000, (n) => tool(`tool${n}`))
  const places = Object.fromEntries(many(20_000, (n) => [`tola${n}`, { x: 0, y: 0 }]) as [string, unknown][])
  const started = performance.now()
  for (const value of [
    document({
      tools,
      edges: many(20_000, (n) => ({ from: `toll${n}`, to: `tola${n}`, kind: 'order' })),
      layout: places,
    }),
    document({
      tools,
      edges: many(20_000, (n) => ({ from: `tool${n % 2000}`, to: `tool${(n * 7) % 2000}`, kind: 'order' })),
    }),
    document({ edges: many(2_400_000, () => 1) }),
  ])
    expect(problemsOf(value).length).toBeGreaterThan(0)
  expect(performance.now() - started).toBeLessThan(6000)
})

test('a flood of faults is cut, and says so', () => {
  const problems = problemsOf(document({ edges: Array.from({ length: 3000 }, () => 1) }))
  expect(problems).toHaveLength(201)
  expect(problems.at(-1)?.message).toBe('There are more problems: repair these first.')
})

describe('whatever comes', () => {
  const anyJson = fc.jsonValue({ maxDepth: 4 })
  /** Documents with one place changed to something else, taken away, or given a strange neighbour. */
  const broken = fc
    .tuple(
      fc.nat(),
      fc.constantFrom('set', 'drop', 'add'),
      anyJson,
      fc.constantFrom('__proto__', 'x/y~', 'constructor', 'kind'),
    )
    .map(([seed, how, value, key]) => {
      const whole = JSON.parse(
        JSON.stringify(document({ layout: { tides: { x: 1, y: 2 } }, notes: [{ id: 'n', x: 0, y: 0, text: '' }] })),
      )
      const holders = holdersIn(whole)
      const holder = holders[seed % holders.length] as Loose
      const keys = Object.keys(holder)
      const at = keys[seed % Math.max(1, keys.length)] ?? 'x'
      if (how === 'set') holder[at] = value
      else if (how === 'drop' && !Array.isArray(holder)) delete holder[at]
      else if (!Array.isArray(holder)) Object.defineProperty(holder, key, { value, enumerable: true })
      return whole
    })

  test('nothing throws, and every pointer leads to a place or to a missing key', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, broken), (value) => {
        for (const { pointer, message } of problemsOf(value)) {
          expect(resolves(value, pointer), pointer).toBe(true)
          expect(message.length).toBeGreaterThan(10)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('what is accepted is accepted again', () => {
    fc.assert(
      fc.property(broken, (value) => {
        const parsed = parseFlow(value, options)
        if (parsed.ok) expect(parseFlow(parsed.value, options)).toEqual(parsed)
      }),
    )
  })
})

function holdersIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(holdersIn)]
}

function resolves(value: unknown, pointer: string): boolean {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  let current: unknown = value
  return parts.every((part, number) => {
    const holds = (isObject(current) || Array.isArray(current)) && Object.hasOwn(current, part)
    if (!holds) return number === parts.length - 1 && isObject(current)
    current = (current as Loose)[part]
    return true
  })
}
