import type { RunListItem } from '@volley/shared/api.ts'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { ago, dollars, duration, times } from '../trace/format.ts'
import { RowCheck } from '../ui/RowCheck.tsx'
import { StatusDot, statusWord } from '../ui/StatusDot.tsx'
import { findingWord } from './words.ts'

interface RunTableProps {
  items: readonly RunListItem[]
  chosen: ReadonlySet<string>
  onChoose: (ids: readonly string[], isChosen: boolean) => void
}

const COLUMNS = [
  ['Status', 'w-36'],
  ['Began', 'w-24'],
  ['Took', 'w-20'],
  ['Calls', 'w-24'],
  ['Speed-up', 'w-20'],
  ['Cost', 'w-20'],
  ['Findings', 'w-36'],
] as const

/** Runs one a line; each opens, and can be chosen for what is done with several. */
export function RunTable({ items, chosen, onChoose }: RunTableProps) {
  const now = Date.now()
  const isAll = items.every(({ id }) => chosen.has(id))
  return (
    <div className="overflow-x-auto rounded-[11px] border border-line bg-surface-1">
      <table className="w-full min-w-[960px] table-fixed border-collapse text-xs">
        <thead>
          <tr className="h-9 border-b border-line text-left">
            <th scope="col" className="w-10 pl-4">
              <RowCheck
                label="Choose all that are listed"
                isChecked={isAll}
                isPart={!isAll && items.some(({ id }) => chosen.has(id))}
                onCheck={(isChecked) =>
                  onChoose(
                    items.map(({ id }) => id),
                    isChecked,
                  )
                }
              />
            </th>
            <th scope="col" className="px-3 pl-2 font-medium text-text-3">
              Flow
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
            <RunRow
              key={item.id}
              item={item}
              now={now}
              isChosen={chosen.has(item.id)}
              onCheck={(isChecked) => onChoose([item.id], isChecked)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RunRow({
  item,
  now,
  isChosen,
  onCheck,
}: {
  item: RunListItem
  now: number
  isChosen: boolean
  onCheck: (isChecked: boolean) => void
}) {
  const { summary, costUsd } = item
  const failed = summary?.calls.failed ?? 0
  return (
    <tr
      data-status={item.status}
      data-run={item.id}
      className={`relative h-[52px] border-line not-last:border-b hover:bg-surface-2 ${isChosen ? 'bg-surface-2' : ''}`}
    >
      <td className="pl-4">
        <RowCheck label={`Choose the run of ${item.flow.name}, ${item.input}`} isChecked={isChosen} onCheck={onCheck} />
      </td>
      <td className="px-3 pl-2">
        <Link
          href={paths.run(item.id)}
          className="block truncate rounded-sm text-sm font-medium text-text-1 no-underline after:absolute after:inset-0"
        >
          {item.flow.name}
          {item.mocked && <span className="ml-1.5 text-2xs font-normal text-text-3">all mocked</span>}
          <span className="ml-1.5 font-mono text-2xs font-normal text-text-3">
            {item.flow.version !== null && `v${item.flow.version} · `}
            {item.model}
          </span>
        </Link>
        <span className="block truncate text-text-2">{item.trial ? 'One tool, tried alone' : item.input}</span>
      </td>
      <td className="px-3 text-status-text">
        <span className="flex items-center gap-1.5 whitespace-nowrap">
          <StatusDot status={item.status} />
          {statusWord(item.status)}
        </span>
      </td>
      <td className="px-3 whitespace-nowrap text-text-2" title={new Date(item.createdAt).toLocaleString('en-GB')}>
        {ago(item.createdAt, now)}
      </td>
      <td className="px-3 font-mono text-text-2 tabular-nums">{summary ? duration(summary.elapsedMs) : ''}</td>
      <td className="px-3 font-mono text-text-2 tabular-nums">
        {summary ? summary.calls.total : ''}
        {failed > 0 && <span className="ml-1.5 font-sans whitespace-nowrap text-failed-text">{failed} failed</span>}
      </td>
      <td className="px-3 font-mono text-text-1 tabular-nums">
        {summary && summary.calls.total > 0 ? times(summary.speedup) : ''}
      </td>
      <td className="px-3 font-mono text-text-2 tabular-nums">{costUsd === null ? '' : dollars(costUsd)}</td>
      <td className="px-3 text-text-2">
        <Findings findings={item.findings} />
      </td>
    </tr>
  )
}

function Findings({ findings }: Pick<RunListItem, 'findings'>) {
  const [first, ...rest] = findings
  if (!first) return null
  const all = findings.map(({ code, count }) => `${findingWord(code)}${count > 1 ? `, ${count} times` : ''}`)
  return (
    <span className="block" title={all.join('; ')}>
      <span className="block truncate">{findingWord(first.code)}</span>
      {rest.length > 0 && <span className="block truncate text-2xs text-text-3">and {rest.length} more</span>}
    </span>
  )
}
