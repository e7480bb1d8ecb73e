import { mean, sum } from '../lib/numbers.ts'
import { randomFrom } from '../lib/random.ts'

// Means with intervals, and a test of differences. Cases are what is drawn by chance, and repeats within a case: the repeats of one case
// are like one another, so they never count as if they were more cases. Every draw comes from a seeded generator: the same numbers give
// the same intervals.

/** A mean, and the interval that holds the true one with 95 %. */
export interface Estimate {
  mean: number
  low: number
  high: number
  /** How many cases have the number. */
  cases: number
  method: 'wilson' | 'bootstrap'
}

const DRAWS = 2000
/** Of many values fewer draws tell as much: their sum bounds the work. */
const MOST_DRAWN = 1_000_000
const FEWEST_DRAWS = 400
const Z95 = 1.959963984540054

/**
 * The mean over cases of the means over their repeats, with an interval by the percentile bootstrap: cases are drawn anew, and in each
 * its repeats. Null without values.
 */
export function bootstrapMean(
  cases: readonly (readonly number[])[],
  { seed = 1 }: { seed?: number } = {},
): Estimate | null {
  const full = cases.filter((values) => values.length > 0)
  if (full.length === 0) return null
  const random = randomFrom(seed)
  const pick = <Entry>(list: readonly Entry[]) => list[Math.floor(random() * list.length)] as Entry
  const values = sum(full.map(({ length }) => length))
  const draws = Math.max(FEWEST_DRAWS, Math.min(DRAWS, Math.floor(MOST_DRAWN / values)))
  const means = Array.from({ length: draws }, () => {
    let sum = 0
    for (let at = 0; at < full.length; at++) {
      const values = pick(full)
      let inner = 0
      for (let draw = 0; draw < values.length; draw++) inner += pick(values)
      sum += inner / values.length
    }
    return sum / full.length
  }).sort((one, other) => one - other)
  const [low, high] = percentiles(means)
  return { mean: mean(full.map(mean)), low, high, cases: full.length, method: 'bootstrap' }
}

/**
 * A rate with Wilson's interval, which also means something where all or none pass. With several cases the number of cases counts, with
 * a single one its repeats. Null without values.
 */
export function wilsonRate(cases: readonly (readonly number[])[]): Estimate | null {
  const full = cases.filter((values) => values.length > 0)
  if (full.length === 0) return null
  const rate = mean(full.map(mean))
  const count = full.length > 1 ? full.length : (full[0]?.length ?? 1)
  const square = Z95 ** 2
  const middle = (rate + square / (2 * count)) / (1 + square / count)
  const half = (Z95 / (1 + square / count)) * Math.sqrt((rate * (1 - rate)) / count + square / (4 * count ** 2))
  // At the ends rounding must not push the mean out of its interval.
  const low = Math.max(0, Math.min(rate, middle - half))
  const high = Math.min(1, Math.max(rate, middle + half))
  return { mean: rate, low, high, cases: full.length, method: 'wilson' }
}

const MOST_EXACT = 14
const FLIPS = 10_000

/**
 * How often chance alone gives a mean difference at least as large, if neither side is better: the paired sign-flip test, exact for few
 * pairs, else by random flips. 1 without a difference.
 */
export function signFlipP(differences: readonly number[], { seed = 1 }: { seed?: number } = {}): number {
  const moved = differences.filter((difference) => difference !== 0)
  const found = Math.abs(sum(moved))
  if (moved.length === 0) return 1
  // What is equal but for rounding counts as equal.
  const isAsLarge = (total: number) => Math.abs(total) >= found - 1e-9 * Math.max(1, found)
  if (moved.length <= MOST_EXACT) {
    const all = 2 ** moved.length
    let hits = 0
    for (let signs = 0; signs < all; signs++)
      if (isAsLarge(moved.reduce((total, value, at) => total + ((signs >> at) & 1 ? -value : value), 0))) hits++
    return hits / all
  }
  const random = randomFrom(seed)
  let hits = 1
  for (let flip = 0; flip < FLIPS; flip++)
    if (isAsLarge(moved.reduce((total, value) => total + (random() < 0.5 ? -value : value), 0))) hits++
  return hits / (FLIPS + 1)
}

function percentiles(sorted: readonly number[]): [number, number] {
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number
  return [at(0.025), at(0.975)]
}
