import type { EvalEntry, EvalResult } from '@volley/shared/evals/api.ts'
import type { Comparison, MetricComparison } from '@volley/shared/evals/compareScores.ts'
import { METRICS, type Metric, type MetricName } from '@volley/shared/evals/metrics.ts'
import { useMemo, useState } from 'react'
import { intervalText, metricText } from '../trace/evalNumbers.ts'
import { Button } from '../ui/Button.tsx'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { meansSoFar } from './results.ts'
import { differenceText, VERDICT_TONES, VERDICTS, variantWords, verdictReason } from './words.ts'

/** What is looked at first; the others stand behind a button. */
const MAIN: readonly MetricName[] = [
  'passed',
  'f1',
  'order',
  'sharing',
  'bfcl',
  'turns',
  'callsPerTurn',
  'latencyMs',
  'costUsd',
]

/** The variants by their numbers, each with its 95 % interval, and what differs from the first one by more than chance. */
export function VariantTable({
  evaluation: { variants, summaries },
  names,
  runs,
  comparisons,
}: {
  evaluation: Pick<EvalEntry, 'variants' | 'summaries'>
  names: readonly string[]
  /** The results of each variant. */
  runs: readonly (readonly EvalResult[])[]
  /** Of the first variant with each other one; null until they are worked out. */
  comparisons: readonly Comparison[] | null
}) {
  const soFar = useMemo(() => (summaries ? null : runs.map(meansSoFar)), [summaries, runs])
  const meanOf = (at: number, { name }: Metric) =>
    (summaries ? summaries[at]?.metrics[name]?.mean : soFar?.[at]?.[name]) ?? null
  const [isAll, setAll] = useState(false)
  const known = METRICS.filter((metric) => variants.some((_variant, at) => meanOf(at, metric) !== null))
  const rows = known.filter(({ name }) => isAll || MAIN.includes(name))
  return (
    <section aria-label="Variants" className="flex flex-col gap-3">
      <h2 className="m-0 flex flex-wrap items-center gap-x-2 text-sm font-semibold">
        {variants.length === 1 ? 'Numbers' : 'Variants'}
        <span className="mr-auto text-xs font-normal text-text-3">
          {summaries
            ? `means over the cases, with 95 % intervals${variants.length > 1 ? '; differences are to the first' : ''}`
            : 'means so far; intervals and differences come when no run is left'}
        </span>
        {known.length > rows.length || isAll ? (
          <Button size="sm" variant="ghost" aria-pressed={isAll} onClick={() => setAll(!isAll)}>
            {isAll ? 'Show the main numbers' : `Show all ${known.length} numbers`}
          </Button>
        ) : null}
      </h2>
      {rows.length === 0 ? (
        <p className="m-0 text-xs text-text-2">No run has ended yet.</p>
      ) : (
        <StatsTable label="Numbers of each variant" heads={['Number', ...names]}>
          {rows.map((metric) => {
            const means = variants.map((_variant, at) => meanOf(at, metric))
            // Where all differences are noise, none is the best.
            const verdicts = comparisons?.map(
              ({ metrics }) => metrics.find((one) => one.metric === metric.name)?.verdict,
            )
            const isNoise = verdicts?.every((verdict) => verdict !== 'better' && verdict !== 'worse') ?? false
            const marks = isNoise ? [] : marksOf(means, metric)
            return (
              <tr key={metric.name} className={ROW_CLASS} data-metric={metric.name}>
                <th scope="row" className="px-3 pl-4 text-left font-medium whitespace-nowrap text-text-2">
                  {metric.label}
                </th>
                {variants.map((variant, at) => {
                  const mean = means[at] ?? null
                  const estimate = summaries?.[at]?.metrics[metric.name]
                  const compared = comparisons?.[at - 1]?.metrics.find((one) => one.metric === metric.name)
                  return (
                    <td key={names[at]} className="px-3 py-1.5" title={variantWords(variant)}>
                      {mean === null ? (
                        <span className="text-text-3">–</span>
                      ) : (
                        <span className="flex flex-wrap items-baseline gap-x-2">
                          <span className="font-mono text-sm text-text-1 tabular-nums">{metricText(metric, mean)}</span>
                          {estimate && (
                            <span className="text-2xs whitespace-nowrap text-text-3 tabular-nums">
                              {intervalText(metric, estimate)}
                            </span>
                          )}
                          {marks[at] && <Mark mark={marks[at]} />}
                        </span>
                      )}
                      {compared && <Difference metric={metric} compared={compared} />}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </StatsTable>
      )}
    </section>
  )
}

type Extreme = 'best' | 'worst'

/** Which of several are the best and the worst; nothing where all are equal. */
function marksOf(means: readonly (number | null)[], { better }: Metric): (Extreme | null)[] {
  const known = means.filter((mean) => mean !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  if (known.length < 2 || low === high) return means.map(() => null)
  const [best, worst] = better === 'more' ? [high, low] : [low, high]
  return means.map((mean) => (mean === best ? 'best' : mean === worst ? 'worst' : null))
}

function Mark({ mark }: { mark: Extreme }) {
  return (
    <span className={`text-2xs font-medium ${mark === 'best' ? 'text-succeeded-text' : 'text-waiting-text'}`}>
      {mark}
    </span>
  )
}

function Difference({ metric, compared }: { metric: Metric; compared: MetricComparison }) {
  const { verdict, difference } = compared
  if (verdict === 'same') return null
  return (
    <span className="block text-2xs" data-verdict={verdict} title={verdictReason(compared)}>
      <span className="font-mono text-text-2 tabular-nums">{differenceText(metric, difference.mean)}</span>{' '}
      <span className={VERDICT_TONES[verdict]}>{VERDICTS[verdict].toLowerCase()}</span>
    </span>
  )
}
