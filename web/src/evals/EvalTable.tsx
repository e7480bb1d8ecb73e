import type { EvalEntry } from '@volley/shared/evals/api.ts'
import type { MetricName } from '@volley/shared/evals/metrics.ts'
import type { Estimate } from '@volley/shared/evals/statistics.ts'
import { variantNames } from '@volley/shared/evals/variants.ts'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { intervalText, metricText } from '../trace/evalNumbers.ts'
import { ago, counted, dollars } from '../trace/format.ts'
import { RowCheck } from '../ui/RowCheck.tsx'
import { StatusDot } from '../ui/StatusDot.tsx'
import { ProgressBar } from './ProgressBar.tsx'
import { metricOf, statusOf } from './words.ts'

/** So many variants are told in a row; the eval itself tells all. */
const MOST_TOLD = 3

const COLUMNS = [
  ['Status', 'w-40'],
  ['Variants', 'w-44'],
  ['Passed', 'w-36'],
  ['Calls, F1', 'w-36'],
  ['Cost', 'w-20'],
  ['Began', 'w-24'],
] as const

/** Evals one a line; each opens, and two can be chosen to be compared. */
export function EvalTable({
  items,
  chosen,
  onChoose,
}: {
  items: readonly EvalEntry[]
  chosen: readonly string[]
  onChoose: (id: string, isChosen: boolean) => void
}) {
  const now = Date.now()
  return (
    <section
      aria-label="All evals"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      className="overflow-x-auto rounded-[11px] border border-line bg-surface-1"
    >
      <table className="w-full min-w-[1040px] table-fixed border-collapse text-xs">
        <thead>
          <tr className="h-9 border-b border-line text-left">
            <th scope="col" className="w-10 pl-4">
              <span className="sr-only">Choose</span>
            </th>
            <th scope="col" className="px-3 pl-2 font-medium text-text-3">
              Eval
            </th>
            {COLUMNS.map(([name, width]) => (
              <th key={name} scope="col" className={`px-3 font-medium text-text-3 ${width}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <EvalRow
              key={item.id}
              item={item}
              now={now}
              isChosen={chosen.includes(item.id)}
              onCheck={(isChosen) => onChoose(item.id, isChosen)}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function EvalRow({
  item,
  now,
  isChosen,
  onCheck,
}: {
  item: EvalEntry
  now: number
  isChosen: boolean
  onCheck: (isChosen: boolean) => void
}) {
  const { id, name, flow, dataSet, variants, cases, repeats, progress, status, error, createdAt } = item
  const names = variantNames(variants)
  const told = names.slice(0, MOST_TOLD)
  const more = names.length - told.length
  return (
    <tr
      data-eval={id}
      data-status={statusOf(item)}
      className={`relative border-line align-top not-last:border-b hover:bg-surface-2 ${isChosen ? 'bg-surface-2' : ''}`}
    >
      <td className="py-3 pl-4">
        <RowCheck label={`Choose the eval ${name}`} isChecked={isChosen} onCheck={onCheck} />
      </td>
      <td className="px-3 py-2.5 pl-2">
        <Link
          href={paths.eval(id)}
          className="block truncate rounded-sm text-sm font-medium text-text-1 no-underline after:absolute after:inset-0"
        >
          {name}
        </Link>
        <span className="block truncate text-text-2">
          {flow.name} · {dataSet.name}
        </span>
        <span className="block truncate text-text-3">
          {counted(cases, 'case')}
          {repeats > 1 && `, ${repeats} times each`}
        </span>
      </td>
      <td className="px-3 py-3">
        <span className="flex items-center gap-1.5 text-status-text" title={error ?? undefined}>
          <StatusDot status={statusOf(item)} />
          {status}
        </span>
        {status !== 'finished' && (
          <span className="mt-1.5 block">
            <ProgressBar label={`Progress of ${name}`} progress={progress} />
            <span className="text-2xs text-text-3 tabular-nums">
              {progress.done} of {progress.total}
            </span>
          </span>
        )}
        {progress.failed > 0 && <span className="block text-2xs text-failed-text">{progress.failed} failed</span>}
      </td>
      <td className="px-3 py-3">
        {told.map((one) => (
          <span key={one} className="block truncate font-mono leading-5 text-text-1" title={one}>
            {one}
          </span>
        ))}
        {more > 0 && <span className="block leading-5 text-text-3">and {more} more</span>}
      </td>
      {(['passed', 'f1'] as const).map((metric) => (
        <td key={metric} className="px-3 py-3">
          {told.map((one, at) => (
            <Figure key={one} metric={metric} estimate={item.summaries?.[at]?.metrics[metric] ?? null} />
          ))}
        </td>
      ))}
      <td className="px-3 py-3 font-mono leading-5 text-text-2 tabular-nums">
        {progress.costUsd === null ? <span className="font-sans text-text-3">unknown</span> : dollars(progress.costUsd)}
      </td>
      <td
        className="px-3 py-3 leading-5 whitespace-nowrap text-text-2"
        title={new Date(createdAt).toLocaleString('en-GB')}
      >
        {ago(createdAt, now)}
      </td>
    </tr>
  )
}

function Figure({ metric, estimate }: { metric: MetricName; estimate: Estimate | null }) {
  const of = metricOf(metric)
  return (
    <span className="block leading-5 whitespace-nowrap tabular-nums">
      {estimate === null ? (
        <span className="text-text-3">–</span>
      ) : (
        <>
          <span className="font-mono text-text-1">{metricText(of, estimate.mean)}</span>
          <span className="ml-2 text-2xs text-text-3">{intervalText(of, estimate)}</span>
        </>
      )}
    </span>
  )
}
