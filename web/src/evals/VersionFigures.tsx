import type { EvalEntry } from '@volley/shared/evals/api.ts'
import { METRICS, type MetricName } from '@volley/shared/evals/metrics.ts'
import { versionFigures } from '@volley/shared/evals/versionFigures.ts'
import { useState } from 'react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { intervalText, metricText } from '../trace/evalNumbers.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { VersionChart } from './VersionChart.tsx'
import { metricOf } from './words.ts'

/** How a flow's versions compare by the newest eval of each, on one data set: a chart, or the same as a table. */
export function VersionFigures({
  evals,
  dataSetId,
}: {
  evals: readonly EvalEntry[]
  /** The one that the list is filtered by. */
  dataSetId: string | undefined
}) {
  const [picked, setPicked] = useState<string | undefined>()
  const [by, setBy] = useState<MetricName>('passed')
  const [isTable, setTable] = useState(false)
  const sets = [
    ...new Map(evals.filter(({ status }) => status === 'finished').map(({ dataSet }) => [dataSet.id, dataSet.name])),
  ]
  const chosen = dataSetId ?? sets.find(([id]) => id === picked)?.[0] ?? sets[0]?.[0]
  if (chosen === undefined) return null
  const figures = versionFigures(evals, { dataSetId: chosen })
  if (figures.length === 0) return null
  const metric = metricOf(by)
  return (
    <section
      aria-label="Versions by their evals"
      className="flex flex-col gap-3 rounded-[11px] border border-line bg-surface-1 p-4"
    >
      <div className="flex flex-wrap items-end gap-3">
        <h2 className="m-0 mr-auto text-sm font-semibold">
          Versions by their evals
          <span className="ml-2 text-xs font-normal text-text-3">the newest of each, with 95 % intervals</span>
        </h2>
        {dataSetId === undefined && sets.length > 1 && (
          <Field label="On data set" inline>
            <Select
              className="max-w-52"
              value={chosen}
              options={sets.map(([value, label]) => ({ value, label }))}
              onValue={setPicked}
            />
          </Field>
        )}
        <Field label="By" inline>
          <Select
            value={by}
            options={METRICS.filter(({ name }) => figures.some(({ summary }) => summary.metrics[name])).map(
              ({ name, label }) => ({ value: name, label }),
            )}
            onValue={(name) => setBy(name as MetricName)}
          />
        </Field>
        <Button aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? 'Show as chart' : 'Show as table'}
        </Button>
      </div>
      {isTable ? (
        <StatsTable
          label={`${metric.label} by version`}
          heads={['Version', metric.label, '95 % interval', 'Cases', 'Eval']}
        >
          {figures.map(({ version, summary, eval: of }) => {
            const estimate = summary.metrics[by]
            return (
              <tr key={version} className={ROW_CLASS}>
                <th scope="row" className="px-3 pl-4 text-left font-mono font-medium">
                  v{version}
                </th>
                <td className="px-3 font-mono tabular-nums">{estimate ? metricText(metric, estimate.mean) : '–'}</td>
                <td className="px-3 font-mono text-text-2 tabular-nums">
                  {estimate ? intervalText(metric, estimate) : ''}
                </td>
                <td className="px-3 font-mono tabular-nums">{estimate?.cases ?? 0}</td>
                <td className="px-3">
                  <Link href={paths.eval(of.id)} className="text-text-1 underline underline-offset-2">
                    {of.name}
                  </Link>
                </td>
              </tr>
            )
          })}
        </StatsTable>
      ) : (
        <section
          aria-label="Chart"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
          className="overflow-x-auto"
        >
          <VersionChart figures={figures} metric={metric} />
        </section>
      )}
    </section>
  )
}
