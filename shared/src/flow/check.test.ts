import { describe, expect, test } from 'vitest'
import { parseFlow } from './parse.ts'
import { document, http, parametersOf, problemsOf, tool, withRun } from './testDocument.ts'

describe('a bad document is refused at the faulty place, in words', () => {
  const cases: [string, unknown, string, RegExp][] = [
    ['no object', [], '', /^The document must be an object, but is a list/],
    ['an unknown format', document({ format: 'volley.flow/9' }), '/format', /"volley.flow\/9".*reads "volley.flow\/1"/],
    ['a missing part', document({ agent: { provider: 'x' } }), '/agent/model', /"model" is missing from "agent"/],
    ['no tool list', document({ tools: {} }), '/tools', /"tools" must be a list, but is an object/],
    [
      'a group of an unknown tool',
      document({ groups: [{ id: 'g', name: 'Sea', tools: ['tides', 'berth'] }] }),
      '/groups/0/tools/1',
      /^The group "Sea" holds "berth", but there is no such tool: did you mean "berths"\?$/,
    ],
    [
      'a tool twice in a group',
      document({ groups: [{ id: 'g', name: 'Sea', tools: ['tides', 'tides'] }] }),
      '/groups/0/tools/1',
      /^"tides" stands twice in the group "Sea"/,
    ],
    [
      'a tool in two groups',
      document({
        groups: [
          { id: 'g', name: 'Sea', tools: ['tides'] },
          { id: 'h', name: 'Land', tools: ['berths', 'tides'] },
        ],
      }),
      '/groups/1/tools/1',
      /^"tides" is already in the group "Sea"/,
    ],
    [
      'a group id twice',
      document({
        groups: [
          { id: 'g', name: 'Sea', tools: [] },
          { id: 'g', name: 'Land', tools: [] },
        ],
      }),
      '/groups/1/id',
      /"g" already/,
    ],
    [
      'an unknown colour of a group',
      document({ groups: [{ id: 'g', name: 'Sea', tools: [], color: 'gren' }] }),
      '/groups/0/color',
      /did you mean "green"/,
    ],
    [
      'a note without room',
      document({ notes: [{ id: 'n', x: 0, y: 0, text: '', width: 3 }] }),
      '/notes/0/width',
      /40 to 4000/,
    ],
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
