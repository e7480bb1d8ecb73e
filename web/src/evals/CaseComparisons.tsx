import type { CaseComparison } from '@volley/shared/evals/compareScores.ts'
import type { Metric, MetricName } from '@volley/shared/evals/metrics.ts'
import { useState } from 'react'
import { metricText } from '../trace/evalNumbers.ts'
import { counted } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { differenceText, metricOf } from './words.ts'

const MOST_FIRST = 100

/** The cases one by one by one number: what got worse stands first, then what stayed, then what got better. */
export function CaseComparisons({
  cases,
  by,
  options,
  onBy,
}: {
  cases: readonly CaseComparison[]
  by: MetricName
  options: readonly Metric[]
  onBy: (by: MetricName) => void
}) {
  const [isAll, setAll] = useState(false)
  const metric = metricOf(by)
  const known = cases.filter(({ before, after }) => before !== null && after !== null)
  const differing = known.filter(({ before, after }) => before !== after)
  const shown = isAll ? known : differing.slice(0, MOST_FIRST)
  return (
    <section aria-label="Cases" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <h2 className="m-0 mr-auto self-center text-sm font-semibold">
          Cases
          <span className="ml-2 text-xs font-normal text-text-3">
            {differing.length} of {counted(known.length, 'case')} {differing.length === 1 ? 'differs' : 'differ'}, what
            got worse first
          </span>
        </h2>
        <Field label="By" inline>
          <Select
            value={by}
            options={options.map(({ name, label }) => ({ value: name, label }))}
            onValue={(name) => onBy(name as MetricName)}
          />
        </Field>
      </div>
      {shown.length > 0 && (
        <StatsTable label="Cases compared" heads={['Case', 'Before', 'After', 'Difference']}>
          {shown.map(({ caseId, before, after }) => {
            const change = (after ?? 0) - (before ?? 0)
            const isWorse = metric.better === 'more' ? change < 0 : change > 0
            return (
              <tr key={caseId} className={ROW_CLASS} data-case={caseId}>
                <th scope="row" className="max-w-96 truncate px-3 pl-4 text-left font-mono font-medium">
                  {caseId}
                </th>
                <td className="px-3 font-mono tabular-nums">{metricText(metric, before ?? 0)}</td>
                <td className="px-3 font-mono tabular-nums">{metricText(metric, after ?? 0)}</td>
                <td className="px-3 whitespace-nowrap">
                  <span className="font-mono tabular-nums">{differenceText(metric, change)}</span>{' '}
                  {change !== 0 && (
                    <span className={isWorse ? 'text-failed-text' : 'text-succeeded-text'}>
                      {isWorse ? 'worse' : 'better'}
                    </span>
                  )}
                </td>
              </tr>
            )
          })}
        </StatsTable>
      )}
      {!isAll && shown.length < known.length && (
        <Button className="self-center" onClick={() => setAll(true)}>
          Show all {counted(known.length, 'case')}
        </Button>
      )}
    </section>
  )
}
