import type { Metric } from '@volley/shared/evals/metrics.ts'
import type { Estimate } from '@volley/shared/evals/statistics.ts'
import type { SetSummary } from '@volley/shared/evals/summarise.ts'
import { count, dollars, duration, percentage } from './format.ts'

// How numbers of an eval are written, the same everywhere.

const RATES = ['passed', 'bfcl']

/** A number of an eval: `75 %` for what passes or does not, `0.83` for other shares. */
export function metricText({ name, unit }: Pick<Metric, 'name' | 'unit'>, value: number): string {
  switch (unit) {
    case 'share':
      return RATES.includes(name) ? percentage(value) : value.toFixed(2)
    case 'count':
      return Math.abs(value) >= 100 ? count(Math.round(value)) : value.toFixed(2)
    case 'ms':
      return duration(value)
    case 'usd':
      return dollars(value)
  }
}

/** `0.71 to 0.90` */
export const intervalText = (metric: Pick<Metric, 'name' | 'unit'>, { low, high }: Pick<Estimate, 'low' | 'high'>) =>
  `${metricText(metric, low)} to ${metricText(metric, high)}`

/** `p 0.012`, `p < 0.001` */
export const chanceText = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`)

/** What an eval came to in a few words: `75 % passed, F1 0.83`. */
export const evalFigures = ({ metrics: { passed, f1 } }: Pick<SetSummary, 'metrics'>): string =>
  [...(passed ? [`${percentage(passed.mean)} passed`] : []), ...(f1 ? [`F1 ${f1.mean.toFixed(2)}`] : [])].join(', ')
