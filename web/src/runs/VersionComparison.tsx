import type { RunFacets, RunFilter } from '@volley/shared/api.ts'
import { type ComparedNumber, compareVersions, ENOUGH_RUNS } from '@volley/shared/trace/compareVersions.ts'
import type { RunNumbersStats } from '@volley/shared/trace/runStats.ts'
import { useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { getRunStats } from '../api/runStats.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { counted, percentage } from '../trace/format.ts'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Select } from '../ui/Select.tsx'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { verdictWords, WRITTEN } from './words.ts'

const NAMES: Record<ComparedNumber, string> = {
  latencyMs: 'Latency, median',
  costUsd: 'Cost, median',
  callsPerTurn: 'Calls per turn, median',
}

/** Two versions of a flow side by side, over all their runs that the other filters let through. */
export function VersionComparison({ versions, filter }: { versions: RunFacets['versions']; filter: RunFilter }) {
  const numbers = versions.map(({ version }) => version)
  const [chosen, setChosen] = useState<{ before?: number; after?: number }>({})
  const after = chosen.after ?? numbers[0] ?? 1
  const before = chosen.before ?? numbers.find((version) => version !== after) ?? after
  const one = useStats({ ...filter, version: before })
  const other = useStats({ ...filter, version: after })
  const options = versions.map(({ version, runs }) => ({
    value: String(version),
    label: `v${version}, ${counted(runs, 'run')}`,
  }))
  const fault = one.is === 'fault' ? one.fault : other.is === 'fault' ? other.fault : null
  return (
    <section aria-label="Compare two versions" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <h2 className="m-0 mr-auto text-sm font-semibold">Compare two versions</h2>
        <Field label="Version" inline>
          <Select
            options={options}
            value={String(before)}
            onValue={(value) => setChosen({ ...chosen, before: Number(value) })}
          />
        </Field>
        <Field label="with version" inline>
          <Select
            options={options}
            value={String(after)}
            onValue={(value) => setChosen({ ...chosen, after: Number(value) })}
          />
        </Field>
      </div>
      {fault && <Notice tone="failed">{sentenceOf(fault)}</Notice>}
      {one.is === 'there' && other.is === 'there' && (
        <Compared before={one.value} after={other.value} names={[`v${before}`, `v${after}`]} />
      )}
    </section>
  )
}

function useStats(filter: RunFilter) {
  return useAnswer(JSON.stringify(filter), (signal) => getRunStats(filter, signal)).loaded
}

function Compared({
  before,
  after,
  names,
}: {
  before: RunNumbersStats
  after: RunNumbersStats
  names: readonly [string, string]
}) {
  const isFew = before.runs < ENOUGH_RUNS || after.runs < ENOUGH_RUNS
  return (
    <>
      {isFew && (
        <p className="m-0 text-xs text-text-2">
          {names[0]} has {counted(before.runs, 'finished run')}, {names[1]} has {counted(after.runs, 'finished run')}.
          With fewer than {ENOUGH_RUNS} of each a difference says more about chance than about the version.
        </p>
      )}
      <StatsTable label={`${names[0]} and ${names[1]}`} heads={['', ...names, 'Difference']}>
        <tr className={ROW_CLASS}>
          <th scope="row" className="px-3 pl-4 text-left font-medium text-text-2">
            Failed runs
          </th>
          {[before, after].map(({ failed, runs }, index) => (
            <td key={names[index]} className="px-3 font-mono tabular-nums">
              {failed} of {runs}
              {runs > 0 && <span className="ml-1.5 text-text-3">{percentage(failed / runs)}</span>}
            </td>
          ))}
          <td className="px-3 text-text-3">{isFew ? 'Too few runs to say' : ''}</td>
        </tr>
        {compareVersions(before, after).map((row) => (
          <tr key={row.number} className={ROW_CLASS} data-compared={row.number}>
            <th scope="row" className="px-3 pl-4 text-left font-medium text-text-2">
              {NAMES[row.number]}
            </th>
            {[row.before, row.after].map((value, index) => (
              <td key={names[index]} className="px-3 font-mono tabular-nums">
                {value === null ? <span className="font-sans text-text-3">unknown</span> : WRITTEN[row.number](value)}
              </td>
            ))}
            <td className={`px-3 ${row.verdict === 'clear' ? 'font-medium text-text-1' : 'text-text-2'}`}>
              {verdictWords(row)}
            </td>
          </tr>
        ))}
      </StatsTable>
    </>
  )
}
