import type { EvalResult } from '@volley/shared/evals/api.ts'
import { METRICS, type MetricName } from '@volley/shared/evals/metrics.ts'
import { groupByCase } from '@volley/shared/evals/summarise.ts'
import { mean } from '@volley/shared/lib/numbers.ts'

/** Results with newer ones added: a run that was made anew takes the place of the one before. The same list where nothing is new. */
export function withNewer(results: readonly EvalResult[], newer: readonly EvalResult[]): readonly EvalResult[] {
  if (newer.length === 0) return results
  const byRun = new Map(results.map((one) => [keyOf(one), one]))
  for (const one of newer) {
    const key = keyOf(one)
    const known = byRun.get(key)
    if (!known || known.seq < one.seq) byRun.set(key, one)
  }
  return [...byRun.values()]
}

const keyOf = ({ variant, caseId, repeat }: EvalResult) => `${variant} ${repeat} ${caseId}`

/** The results of each variant, in the order of the variants. */
export function byVariant(results: readonly EvalResult[], variants: number): EvalResult[][] {
  const lists: EvalResult[][] = Array.from({ length: variants }, () => [])
  for (const one of results) lists[one.variant]?.push(one)
  return lists
}

/** What the numbers of a variant are so far, without intervals: those are drawn when there are no more runs to come. */
export function meansSoFar(results: readonly EvalResult[]): Partial<Record<MetricName, number>> {
  const cases = [...groupByCase(results).values()]
  return Object.fromEntries(
    METRICS.flatMap(({ name, of }) => {
      const means = cases.flatMap((scores) => {
        const values = scores.map(of).filter((value) => value !== null)
        return values.length === 0 ? [] : [mean(values)]
      })
      return means.length === 0 ? [] : [[name, mean(means)]]
    }),
  )
}

/** Results as JSON lines, with the names of their variants. */
export const resultLines = (results: readonly EvalResult[], names: readonly string[]): string =>
  results.map((one) => `${JSON.stringify({ ...one, variantName: names[one.variant] })}\n`).join('')
