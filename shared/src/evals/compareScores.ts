import { mean } from '../lib/numbers.ts'
import type { ScoredRun } from './caseScore.ts'
import { METRICS, type Metric, type MetricName } from './metrics.ts'
import { bootstrapMean, signFlipP } from './statistics.ts'
import { groupByCase } from './summarise.ts'

/** `noise`: there is a difference, and chance alone gives one as large in more than one of twenty tries. `same`: there is none. */
export type Difference = 'better' | 'worse' | 'noise' | 'same'

export interface MetricComparison {
  metric: MetricName
  /** Means over the cases that both sides have the number of. */
  before: number
  after: number
  /** `after` less `before`, with its 95 % interval. */
  difference: { mean: number; low: number; high: number }
  /** Of the paired sign-flip test. */
  p: number
  cases: number
  /** How many of the cases differ at all: with fewer than `FEWEST_DIFFERING` nothing can be called a difference. */
  differing: number
  verdict: Difference
}

export interface CaseComparison {
  caseId: string
  /** Means over the repeats; null where the case was not run on that side, or has no such number there. */
  before: number | null
  after: number | null
}

export interface Comparison {
  metrics: MetricComparison[]
  /** By this metric, the regressions first, the largest first. */
  cases: CaseComparison[]
}

const CHANCE = 0.05
/** Of fewer cases that differ, chance alone gives a difference as large in more than one of twenty tries, whatever they say. */
export const FEWEST_DIFFERING = 6

/** Two sets of results case by case: each case is compared with itself, so that hard cases do not count as a difference. */
export function compareScores(
  before: readonly ScoredRun[],
  after: readonly ScoredRun[],
  { seed = 1, by = 'f1' }: { seed?: number; by?: MetricName } = {},
): Comparison {
  const [left, right] = [groupByCase(before), groupByCase(after)]
  const ids = [...new Set([...left.keys(), ...right.keys()])]
  const meanIn = (side: typeof left, id: string, { of }: Metric) => {
    const values = (side.get(id) ?? []).map(of).filter((value) => value !== null)
    return values.length === 0 ? null : mean(values)
  }
  const pairsOf = (metric: Metric) =>
    ids.map((caseId) => ({ caseId, before: meanIn(left, caseId, metric), after: meanIn(right, caseId, metric) }))
  const metrics = METRICS.flatMap((metric) => compareMetric(metric, pairsOf(metric), seed) ?? [])
  const chosen = METRICS.find(({ name }) => name === by) as Metric
  const loss = ({ before: was, after: is }: CaseComparison) =>
    was === null || is === null ? 0 : chosen.better === 'more' ? was - is : is - was
  return { metrics, cases: pairsOf(chosen).sort((one, other) => loss(other) - loss(one)) }
}

function compareMetric(
  { name, better }: Metric,
  cases: readonly CaseComparison[],
  seed: number,
): MetricComparison | null {
  const pairs = cases.flatMap(({ before, after }) => (before === null || after === null ? [] : [{ before, after }]))
  const differences = pairs.map(({ before, after }) => after - before)
  const interval = bootstrapMean(
    differences.map((difference) => [difference]),
    { seed },
  )
  if (!interval) return null
  const p = signFlipP(differences, { seed })
  const isGain = better === 'more' ? interval.mean > 0 : interval.mean < 0
  return {
    metric: name,
    before: mean(pairs.map(({ before }) => before)),
    after: mean(pairs.map(({ after }) => after)),
    difference: { mean: interval.mean, low: interval.low, high: interval.high },
    p,
    cases: pairs.length,
    differing: differences.filter((one) => one !== 0).length,
    verdict: differences.every((one) => one === 0) ? 'same' : p >= CHANCE ? 'noise' : isGain ? 'better' : 'worse',
  }
}
