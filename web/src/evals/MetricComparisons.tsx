import type { MetricComparison } from '@volley/shared/evals/compareScores.ts'
import { chanceText, metricText } from '../trace/evalNumbers.ts'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { differenceText, metricOf, VERDICT_TONES, VERDICTS, verdictReason } from './words.ts'

/** Each number before and after, its difference with the 95 % interval, and what to make of it. */
export function MetricComparisons({ metrics }: { metrics: readonly MetricComparison[] }) {
  return (
    <StatsTable
      label="Numbers compared"
      heads={['Number', 'Before', 'After', 'Difference', '95 % interval', 'Chance', 'Verdict']}
    >
      {metrics.map((compared) => {
        const metric = metricOf(compared.metric)
        const { before, after, difference, p, verdict } = compared
        const reason = verdictReason(compared)
        return (
          <tr key={compared.metric} className={ROW_CLASS} data-compared={compared.metric}>
            <th scope="row" className="px-3 pl-4 text-left font-medium whitespace-nowrap text-text-2">
              {metric.label}
            </th>
            <td className="px-3 font-mono tabular-nums">{metricText(metric, before)}</td>
            <td className="px-3 font-mono tabular-nums">{metricText(metric, after)}</td>
            <td className="px-3 font-mono tabular-nums">{differenceText(metric, difference.mean)}</td>
            <td className="px-3 font-mono whitespace-nowrap text-text-2 tabular-nums">
              {verdict === 'same'
                ? ''
                : `${differenceText(metric, difference.low)} to ${differenceText(metric, difference.high)}`}
            </td>
            <td className="px-3 font-mono whitespace-nowrap text-text-2 tabular-nums">
              {verdict === 'same' ? '' : chanceText(p)}
            </td>
            <td className="px-3 py-1.5">
              <span className={VERDICT_TONES[verdict]}>{VERDICTS[verdict]}</span>
              {reason && <span className="block text-2xs text-text-3 first-letter:uppercase">{reason}</span>}
            </td>
          </tr>
        )
      })}
    </StatsTable>
  )
}
