import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomFrom } from '../lib/random.ts'
import { aRun } from './__fixtures__/aRun.ts'
import type { ScoredRun } from './caseScore.ts'
import { compareScores } from './compareScores.ts'
import { scoreCase } from './scoreCase.ts'
import { bootstrapMean, type Estimate, signFlipP, wilsonRate } from './statistics.ts'
import { summariseScores } from './summarise.ts'

const score = (isRight: boolean, turns = 1) =>
  scoreCase(
    { id: 'x', input: '', expected: { calls: [{ tool: 'tide' }] } },
    aRun([[{ tool: isRight ? 'tide' : 'wind' }], ...Array.from({ length: turns - 1 }, () => [])]),
    { isMatch: () => null },
  )
const results = (rights: boolean[][], turns = 1): ScoredRun[] =>
  rights.flatMap((repeats, at) =>
    repeats.map((isRight, repeat) => ({ caseId: `c${at}`, repeat: repeat + 1, score: score(isRight, turns) })),
  )

test('a mean lies in its interval, which is the same for the same numbers', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 6,
      }),
      (cases) => {
        const one = bootstrapMean(cases) as Estimate
        expect(one.mean).toBeGreaterThanOrEqual(one.low - 1e-9)
        expect(one.mean).toBeLessThanOrEqual(one.high + 1e-9)
        expect(bootstrapMean(cases)).toEqual(one)
      },
    ),
    { numRuns: 30 },
  )
})

test('the interval of a rate is the one of the books, and leaves room where all passed', () => {
  // Wilson's for 8 of 10, and for 10 of 10.
  expect(wilsonRate(Array.from({ length: 10 }, (_, at) => [at < 8 ? 1 : 0]))).toMatchObject({
    mean: 0.8,
    low: expect.closeTo(0.4902, 4),
    high: expect.closeTo(0.9433, 4),
  })
  expect(wilsonRate(Array.from({ length: 10 }, () => [1, 1]))).toMatchObject({
    low: expect.closeTo(0.7225, 4),
    high: 1,
  })
})

test('repeats of one case do not count as more cases', () => {
  const width = ({ low, high }: { low: number; high: number }) => high - low
  const few = wilsonRate([[1], [0], [1], [0]])
  const repeated = wilsonRate([
    [1, 1, 1],
    [0, 0, 0],
    [1, 1, 1],
    [0, 0, 0],
  ])
  expect(few && repeated && width(repeated)).toBeCloseTo(width(few as NonNullable<typeof few>))
})

test('the sign-flip test is exact for few pairs, and near that for many', () => {
  expect(signFlipP([1, 1, 1, 1, 1])).toBe(2 / 32)
  expect(signFlipP([1, -1])).toBe(1)
  expect(signFlipP([0, 0])).toBe(1)
  const many = Array.from({ length: 16 }, (_, at) => (at < 12 ? 1 : -1))
  // Of 16 signs at least 12 one way: 2 × 2517 of 65536.
  expect(signFlipP(many)).toBeCloseTo((2 * 2517) / 65536, 2)
})

test('two sets that differ by chance are called noise about as often as chance allows', () => {
  const random = randomFrom(7)
  let wrong = 0
  for (let round = 0; round < 200; round++) {
    const draw = () => Array.from({ length: 12 }, () => random())
    const other = draw()
    if (signFlipP(draw().map((value, at) => value - (other[at] as number))) < 0.05) wrong++
  }
  expect(wrong).toBeLessThan(20)
})

test('a difference is called what it is: noise, better, worse or none', () => {
  const verdicts = (before: ScoredRun[], after: ScoredRun[]) =>
    Object.fromEntries(compareScores(before, after).metrics.map(({ metric, verdict }) => [metric, verdict]))
  const half = results(Array.from({ length: 10 }, (_, at) => [at % 2 === 0]))
  expect(verdicts(half, half)).toMatchObject({ f1: 'same', turns: 'same' })
  expect(verdicts(half, results(Array.from({ length: 10 }, (_, at) => [at % 2 === 0 || at === 1])))).toMatchObject({
    f1: 'noise',
  })
  const all = results(Array.from({ length: 10 }, () => [true]))
  const none = results(
    Array.from({ length: 10 }, () => [false]),
    3,
  )
  expect(verdicts(none, all)).toMatchObject({ f1: 'better', turns: 'better' })
  expect(verdicts(all, none)).toMatchObject({ f1: 'worse', turns: 'worse', callsPerTurn: 'same' })
})

test('cases are compared one by one, regressions first; a case that only one side has is no difference', () => {
  const before = results([[true], [true, true], [false]])
  const after = results([[true], [false, true], [true], [true]])
  expect(compareScores(before, after).cases).toEqual([
    { caseId: 'c1', before: 1, after: 0.5 },
    { caseId: 'c0', before: 1, after: 1 },
    { caseId: 'c3', before: null, after: 1 },
    { caseId: 'c2', before: 0, after: 1 },
  ])
  expect(compareScores(before, after).metrics.find(({ metric }) => metric === 'f1')?.cases).toBe(3)
})

test('a summary counts cases, runs and failures, and knows no cost that a run does not know', () => {
  const runs = [...results([[true, false], [true]])]
  expect(summariseScores(runs)).toMatchObject({
    cases: 2,
    runs: 3,
    failed: 0,
    totalUsd: null,
    metrics: {
      f1: { mean: 0.75, method: 'bootstrap' },
      passed: { mean: 0.75, method: 'wilson' },
      costUsd: null,
      bfcl: null,
    },
  })
})
