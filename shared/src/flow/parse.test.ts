import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject } from '../lib/json.ts'
import { MOST_BYTES, parseFlow, parseFlowText } from './parse.ts'
import { document, type Loose, options, problemsOf, tool, withRun } from './testDocument.ts'

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
