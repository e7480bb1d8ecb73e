import type { RunNumbersStats, Series } from './runStats.ts'

/** With fewer runs on a side a difference says more about chance than about the version. */
export const ENOUGH_RUNS = 5

export type ComparedNumber = 'latencyMs' | 'costUsd' | 'callsPerTurn'
/** `clear`: the middle halves of the two do not overlap. `unclear`: they do. `few`: too few runs to say. `same`: under 2 % apart. */
export type Verdict = 'clear' | 'unclear' | 'few' | 'same'

export interface Comparison {
  number: ComparedNumber
  before: number | null
  after: number | null
  /** By how much of `before` it changed; null where that cannot be said. */
  change: number | null
  verdict: Verdict
}

/** Two versions by the medians of their runs, and whether the difference is more than their usual spread. */
export function compareVersions(before: RunNumbersStats, after: RunNumbersStats): Comparison[] {
  return (['latencyMs', 'costUsd', 'callsPerTurn'] as const).map((number) => ({
    number,
    before: before[number].median,
    after: after[number].median,
    ...compareSeries(before[number], after[number]),
  }))
}

function compareSeries(before: Series, after: Series): Pick<Comparison, 'change' | 'verdict'> {
  const change =
    before.median === null || after.median === null || before.median === 0
      ? null
      : (after.median - before.median) / before.median
  if (before.count < ENOUGH_RUNS || after.count < ENOUGH_RUNS || !before.quartiles || !after.quartiles)
    return { change, verdict: 'few' }
  if (before.median === after.median || (change !== null && Math.abs(change) < 0.02)) return { change, verdict: 'same' }
  const isApart = before.quartiles[1] < after.quartiles[0] || after.quartiles[1] < before.quartiles[0]
  return { change, verdict: isApart ? 'clear' : 'unclear' }
}
