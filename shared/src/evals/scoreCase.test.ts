import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aRun, type MadeCall } from './__fixtures__/aRun.ts'
import { readCase } from './readCases.ts'
import { scoreCase } from './scoreCase.ts'
import type { TestCase } from './testCase.ts'

const ports = { isMatch: (pattern: string, text: string) => new RegExp(pattern).test(text) }

function aCase(expected: unknown): TestCase {
  const read = readCase({ id: 'tides', input: 'When?', expected })
  if (!read.ok) throw new Error(read.error)
  return read.value
}
const scoreOf = (expected: unknown, ...run: Parameters<typeof aRun>) => scoreCase(aCase(expected), aRun(...run), ports)

const weather = (city: string): MadeCall => ({ tool: 'weather', arguments: { city } })

test('calls count as right by name and accepted arguments, and each stands for one expected call at most', () => {
  const expected = {
    calls: [
      { tool: 'weather', arguments: { city: ['Paris', 'Paris, France'] } },
      { tool: 'weather', arguments: { city: ['Rome'] } },
    ],
  }
  expect(scoreOf(expected, [[weather('Rome'), weather('Paris, France')]])).toMatchObject({ passed: true })
  const twice = scoreOf(expected, [[weather('Rome'), weather('Rome'), { tool: 'news' }]])
  expect(twice.calls).toMatchObject({
    byCall: { precision: 1 / 3, recall: 0.5, f1: 0.4 },
    byName: { precision: 2 / 3, recall: 1, f1: 0.8 },
    skipped: [0],
    extra: [2, 3],
  })
  expect(twice.passed).toBe(false)
})

test('a call that fits two expected ones leaves the other way open', () => {
  const expected = { calls: [{ tool: 'weather' }, { tool: 'weather', arguments: { city: ['Paris'] } }] }
  expect(scoreOf(expected, [[weather('Paris'), weather('Rome')]]).calls?.byCall.f1).toBe(1)
})

test('parameters may be left out or hold anything where the case says so, and others are one too many', () => {
  const expected = {
    calls: [{ tool: 'weather', arguments: { city: ['Oslo'], days: [], unit: ['C'] }, omittable: ['unit'] }],
  }
  const f1 = (given: unknown) => scoreOf(expected, [[{ tool: 'weather', arguments: given }]]).calls?.byCall.f1
  expect(f1({ city: 'Oslo', days: 9 })).toBe(1)
  expect(f1({ city: 'Oslo', days: null, unit: 'C' })).toBe(1)
  expect(f1({ city: 'Oslo' })).toBe(0)
  expect(f1({ city: 'Oslo', days: 9, unit: 'F' })).toBe(0)
  expect(f1({ city: 'Oslo', days: 9, extra: 1 })).toBe(0)
  expect(f1('{"city": "Os')).toBe(0)
  expect(f1({ city: 'OSLO ', days: 9 })).toBe(0)
  const loose = scoreOf({ ...expected, texts: 'loose' }, [[{ tool: 'weather', arguments: { city: 'OSLO ', days: 1 } }]])
  expect(loose.calls?.byCall.f1).toBe(1)
})

test('optional calls are right when made and missed by no one; forbidden ones are told', () => {
  const expected = {
    calls: [{ tool: 'tide' }, { tool: 'wind', need: 'optional' }, { tool: 'delete', need: 'forbidden' }],
  }
  expect(scoreOf(expected, [[{ tool: 'tide' }]]).passed).toBe(true)
  expect(scoreOf(expected, [[{ tool: 'tide' }, { tool: 'wind' }]]).passed).toBe(true)
  const bad = scoreOf(expected, [[{ tool: 'tide' }, { tool: 'delete' }]])
  expect([bad.passed, bad.calls?.forbidden, bad.calls?.extra]).toEqual([false, [2], [2]])
})

test('where no call is expected none is right, and a run that failed earns nothing', () => {
  expect(scoreOf({ calls: [] }, [[]])).toMatchObject({ passed: true, calls: { byCall: { f1: 1 } } })
  expect(scoreOf({ calls: [] }, [[{ tool: 'tide' }]]).calls?.byCall.f1).toBe(0)
  expect(scoreOf({ calls: [{ tool: 'tide' }] }, [[]]).calls).toMatchObject({ byCall: { f1: 0 }, skipped: [0] })
  expect(scoreOf({}, [[{ tool: 'tide' }]])).toMatchObject({ passed: true, calls: null, sharing: null })
  const failed = scoreCase(aCase({ calls: [] }), { ...aRun([[]]), status: 'failed' }, ports)
  expect(failed).toMatchObject({ passed: false, calls: { byCall: { f1: 0 } }, took: null })
})

/** A partial order over calls some of which are equal, and one of the orders that it allows. */
const orders = fc
  .array(fc.record({ tool: fc.constantFrom('a', 'b'), city: fc.constantFrom('x', 'y') }), {
    minLength: 1,
    maxLength: 7,
  })
  .chain((calls) =>
    fc.record({
      calls: fc.constant(calls),
      edges: fc.uniqueArray(fc.tuple(fc.nat(calls.length - 1), fc.nat(calls.length - 1)), { maxLength: 10 }),
      ranks: fc.array(fc.double({ noNaN: true }), { minLength: calls.length, maxLength: calls.length }),
      cuts: fc.array(fc.boolean(), { minLength: calls.length, maxLength: calls.length }),
    }),
  )
  .map(({ calls, edges, ranks, cuts }) => {
    const before = calls.map((_call, at) => edges.flatMap(([from, to]) => (to === at && from < to ? [from] : [])))
    const left = new Set(calls.keys())
    const extension: number[] = []
    while (left.size > 0) {
      const free = [...left].filter((at) => before[at]?.every((one) => !left.has(one)))
      const next = free.sort((one, other) => (ranks[one] as number) - (ranks[other] as number))[0] as number
      left.delete(next)
      extension.push(next)
    }
    const turns: MadeCall[][] = [[]]
    for (const at of extension) {
      if (cuts[at]) turns.push([])
      turns.at(-1)?.push({ tool: calls[at]?.tool ?? '', arguments: { city: calls[at]?.city } })
    }
    const expected = {
      calls: calls.map(({ tool, city }, at) => ({
        id: `c${at}`,
        tool,
        arguments: { city: [city] },
        after: before[at]?.map((one) => `c${one}`) ?? [],
      })),
    }
    return { expected, turns }
  })

test('every order that the expected one allows scores the same: all of it', () => {
  fc.assert(
    fc.property(orders, ({ expected, turns }) => {
      const score = scoreOf(expected, turns)
      expect([score.order ?? 1, score.calls?.byCall.f1]).toEqual([1, 1])
    }),
    { numRuns: 300 },
  )
})

test('equal calls stand for the expected ones in the order they began, not the one they were written in', () => {
  const calls = [
    { id: 'a', tool: 'a' },
    { tool: 'a', after: ['b'] },
    { id: 'b', tool: 'b', after: ['a'] },
  ]
  const run = aRun([[{ tool: 'a' }, { tool: 'a' }, { tool: 'b' }]])
  const [late, first, between] = run.calls
  for (const [call, at] of [
    [late, 20],
    [first, 0],
    [between, 10],
  ] as const)
    Object.assign(call ?? {}, { startedAt: at, finishedAt: at + 5 })
  expect(scoreCase(aCase({ calls }), run, ports).order).toBe(1)
})

const chain = {
  calls: [
    { id: 'a', tool: 'a' },
    { id: 'b', tool: 'b', after: ['a'] },
    { id: 'c', tool: 'c', after: ['b'] },
  ],
}

test('a pair out of order is told, also across a call that was not made, and calls that ran at once kept no order', () => {
  expect(scoreOf(chain, [[{ tool: 'a' }, { tool: 'c' }, { tool: 'b' }]]).order).toBeCloseTo(2 / 3)
  expect(scoreOf(chain, [[{ tool: 'c' }, { tool: 'a' }]]).order).toBe(0)
  expect(scoreOf(chain, [[{ tool: 'a' }, { tool: 'b' }, { tool: 'c' }]], { atOnce: true }).order).toBe(0)
  expect(scoreOf(chain, [[{ tool: 'b' }]]).order).toBe(null)
})

test('calls that could share a turn and did not are told; what must follow a late call is not blamed', () => {
  const three = { calls: ['a', 'b', 'c'].map((tool) => ({ tool })) }
  expect(scoreOf(three, [[{ tool: 'a' }, { tool: 'b' }, { tool: 'c' }]]).sharing).toEqual({
    score: 1,
    late: [],
    apart: [],
  })
  expect(scoreOf(three, [[{ tool: 'a' }], [{ tool: 'b' }], [{ tool: 'c' }]]).sharing).toEqual({
    score: 1 - 2 / 3,
    late: [2, 3],
    apart: [],
  })
  expect(scoreOf(chain, [[{ tool: 'a' }], [{ tool: 'b' }], [{ tool: 'c' }]]).sharing?.score).toBe(1)
  expect(scoreOf(chain, [[{ tool: 'a' }, { tool: 'b' }, { tool: 'c' }]]).sharing?.score).toBe(1)
  const late = { calls: [{ tool: 'x' }, ...chain.calls.slice(0, 2)] }
  expect(scoreOf(late, [[{ tool: 'x' }], [{ tool: 'a' }], [{ tool: 'b' }]]).sharing?.late).toEqual([2])
})

test('calls that must share a turn wait for each other, and a case whose calls do not fails', () => {
  const calls = [
    { id: 'a', tool: 'a' },
    { tool: 'b', after: ['a'], together: 't' },
    { tool: 'c', together: 't' },
  ]
  const good = scoreOf({ calls }, [[{ tool: 'a' }], [{ tool: 'b' }, { tool: 'c' }]])
  expect([good.passed, good.sharing]).toEqual([true, { score: 1, late: [], apart: [] }])
  const bad = scoreOf({ calls }, [[{ tool: 'a' }, { tool: 'c' }], [{ tool: 'b' }]])
  expect([bad.passed, bad.sharing?.apart]).toEqual([false, [2]])
})

test('an answer is checked in each way a case can ask for', () => {
  const answer = [
    { kind: 'contains', text: 'HIGH', ignoreCase: true },
    { kind: 'equals', text: 'High at noon.' },
    { kind: 'regex', pattern: '^High.*noon' },
    { kind: 'json', value: { at: 'noon' } },
    { kind: 'judge', rubric: 'Names a time.' },
  ]
  const plain = scoreOf({ answer }, [[]], { output: ' High at noon.\n' })
  expect(plain.answer).toEqual([true, true, false, false, null])
  const json = scoreOf({ answer: [{ kind: 'json', value: { b: [1], a: 5.0 } }] }, [[]], {
    output: '```json\n{"a": 5, "b": [1]}\n```',
  })
  expect([json.answer, json.passed]).toEqual([[true], true])
  const [judge] = aCase({ answer: answer.slice(4) }).expected.answer ?? []
  const asked = aCase({ answer: answer.slice(4) })
  const verdicts = new Map([[asked.expected.answer?.[0] ?? (judge as never), false]])
  expect(scoreCase(asked, aRun([[]]), { ...ports, verdicts })).toMatchObject({ answer: [false], passed: false })
})

test('turns, time and tokens are those of the run', () => {
  const { took } = scoreOf({}, [[{ tool: 'a' }, { tool: 'b' }], [{ tool: 'c' }], []])
  expect(took).toEqual({
    turns: 3,
    callsPerTurn: 1.5,
    latencyMs: 3000,
    inputTokens: 30,
    outputTokens: 15,
    costUsd: null,
  })
})
