import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVersions } from './compareVersions.ts'
import { MOST_POINTS, type RunFacts, seriesOf, statsOf } from './runStats.ts'

const aRun = (more: Partial<RunFacts> = {}): RunFacts => ({
  status: 'succeeded',
  version: 1,
  elapsedMs: 1000,
  costUsd: null,
  callsPerTurn: 2,
  tools: [],
  ...more,
})
const runs = (count: number, more: (index: number) => Partial<RunFacts>) =>
  Array.from({ length: count }, (_, index) => aRun(more(index)))

test('a series has its points in order, its median and its middle half; what is not known is left out', () => {
  expect(seriesOf([4, null, 1, 3])).toEqual({ points: [4, null, 1, 3], count: 3, median: 3, quartiles: [2, 3.5] })
  expect(seriesOf([])).toEqual({ points: [], count: 0, median: null, quartiles: null })
  const long = seriesOf(Array.from({ length: MOST_POINTS * 10 }, (_, index) => index))
  expect([long.points.length, long.points[0], long.points.at(-1)]).toEqual([MOST_POINTS, 4.5, MOST_POINTS * 10 - 5.5])
})

test('every value counts once, whatever the number of runs', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 200 }), (values) => {
      const { points, median, quartiles } = seriesOf(values)
      expect(points.length).toBe(Math.min(values.length, MOST_POINTS))
      expect(median === null).toBe(values.length === 0)
      if (median === null || !quartiles) return
      expect(values.filter((value) => value < median).length).toBeLessThanOrEqual(values.length / 2)
      expect(values.filter((value) => value > median).length).toBeLessThanOrEqual(values.length / 2)
      expect(quartiles[0] <= median && median <= quartiles[1]).toBe(true)
    }),
  )
})

test('tools and versions have numbers of their own', () => {
  const tide = (failed: number) => ({ tool: 'tide', calls: 4, failed, timed: 4, totalMs: 400 })
  const news = { tool: 'news', calls: 1, failed: 0, timed: 0, totalMs: 0 }
  const stats = statsOf([
    aRun({ tools: [tide(1), news] }),
    aRun({ version: 2, status: 'failed', tools: [tide(3)], elapsedMs: 3000 }),
  ])
  expect([stats.runs, stats.failed, stats.failureRate.points, stats.latencyMs]).toEqual([
    2,
    1,
    [0, 1],
    { points: [1000, null], count: 1, median: 1000, quartiles: [1000, 1000] },
  ])
  expect(stats.tools.map(({ tool, calls, failed }) => [tool, calls, failed])).toEqual([
    ['tide', 8, 4],
    ['news', 1, 0],
  ])
  expect(stats.tools[0]?.failureRate.points).toEqual([0.25, 0.75])
  expect([stats.tools[0]?.latencyMs.median, stats.tools[1]?.latencyMs.median]).toEqual([100, null])
  expect(stats.versions.map(({ version, runs, failed }) => [version, runs, failed])).toEqual([
    [2, 1, 1],
    [1, 1, 0],
  ])
})

test('two versions are compared by their medians; a difference is clear when their middle halves lie apart', () => {
  const slow = statsOf(runs(8, (index) => ({ elapsedMs: 1000 + index * 10 })))
  const fast = statsOf(runs(8, (index) => ({ elapsedMs: 500 + index * 10, callsPerTurn: 3 })))
  const [latency, cost, calls] = compareVersions(slow, fast)
  expect(latency).toMatchObject({ number: 'latencyMs', before: 1035, after: 535, verdict: 'clear' })
  expect(latency?.change).toBeCloseTo(-0.483, 3)
  expect(cost).toEqual({ number: 'costUsd', before: null, after: null, change: null, verdict: 'few' })
  expect(calls).toMatchObject({ before: 2, after: 3, change: 0.5, verdict: 'clear' })
  const [spread] = compareVersions(slow, statsOf(runs(8, (index) => ({ elapsedMs: 900 + index * 50 }))))
  expect(spread?.verdict).toBe('unclear')
  expect(compareVersions(slow, slow)[0]?.verdict).toBe('same')
  expect(compareVersions(slow, statsOf(runs(4, () => ({ elapsedMs: 1 }))))[0]?.verdict).toBe('few')
})
