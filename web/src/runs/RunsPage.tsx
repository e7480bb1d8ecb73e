import type { RunListItem } from '@volley/shared/api.ts'
import { ListTree } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { useState } from 'react'
import { Link } from 'wouter'
import { sentenceOf } from '../api/client.ts'
import { goTo, paths } from '../routes.ts'
import { ago, duration, times } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { StatusDot, statusWord } from '../ui/StatusDot.tsx'
import { useRunList } from './useRunList.ts'

const FILTERS = ['all', 'running', 'awaiting_approval', 'succeeded', 'failed', 'cancelled'] as const
type Filter = (typeof FILTERS)[number]

/** All runs, newest first. */
export function RunsPage() {
  const [filter, setFilter] = useState<Filter>('all')
  const { items, fault, hasMore, isLoading, more, reload } = useRunList(filter === 'all' ? undefined : filter)
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[1080px] flex-col gap-5 px-6 pt-10 pb-16">
        <header className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <h1 className="m-0 flex-1 text-2xl font-semibold tracking-tight">Runs</h1>
          <ToggleGroup.Root
            type="single"
            value={filter}
            aria-label="Which of them"
            className="flex flex-wrap gap-1"
            onValueChange={(value) => value !== '' && setFilter(value as Filter)}
          >
            {FILTERS.map((one) => (
              <ToggleGroup.Item
                key={one}
                value={one}
                className="h-7 rounded-md px-2.5 text-xs font-medium text-text-2 first-letter:uppercase hover:text-text-1 data-[state=on]:bg-surface-3 data-[state=on]:text-text-1"
              >
                {statusWord(one)}
              </ToggleGroup.Item>
            ))}
          </ToggleGroup.Root>
        </header>
        {fault && (
          <EmptyState title="The list could not be read" action={<Button onClick={reload}>Try again</Button>}>
            {sentenceOf(fault)}
          </EmptyState>
        )}
        {!fault && !isLoading && items.length === 0 && (
          <EmptyState
            className="py-16"
            icon={<ListTree size={20} />}
            title={filter === 'all' ? 'Nothing was run yet' : `None is ${statusWord(filter)}`}
            action={
              filter === 'all' ? (
                <Button onClick={() => goTo(paths.home)}>Choose a flow</Button>
              ) : (
                <Button onClick={() => setFilter('all')}>Show all runs</Button>
              )
            }
          >
            {filter === 'all'
              ? 'Open a flow and press Run. Every run stays here with its timeline, its calls and its answer.'
              : 'Choose another state above.'}
          </EmptyState>
        )}
        {items.length > 0 && <RunTable items={items} />}
        {hasMore && (
          <Button className="self-center" disabled={isLoading} onClick={more}>
            Show older
          </Button>
        )}
      </div>
    </main>
  )
}

function RunTable({ items }: { items: readonly RunListItem[] }) {
  const now = Date.now()
  return (
    <div className="overflow-x-auto rounded-[11px] border border-line bg-surface-1">
      <table className="w-full min-w-[720px] table-fixed border-collapse text-xs">
        <colgroup>
          <col />
          <col className="w-36" />
          <col className="w-28" />
          <col className="w-24" />
          <col className="w-28" />
          <col className="w-24" />
        </colgroup>
        <thead>
          <tr className="h-9 border-b border-line text-left">
            {['Flow', 'Status', 'Began', 'Took', 'Calls', 'Speed-up'].map((name) => (
              <th key={name} scope="col" className="px-3 font-medium text-text-3 first:pl-4">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <RunRow key={item.id} item={item} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RunRow({ item, now }: { item: RunListItem; now: number }) {
  const { summary } = item
  const failed = summary?.calls.failed ?? 0
  return (
    <tr data-status={item.status} className="relative h-[52px] border-line not-last:border-b hover:bg-surface-2">
      <td className="px-3 pl-4">
        <Link
          href={paths.run(item.id)}
          className="block truncate rounded-sm text-sm font-medium text-text-1 no-underline after:absolute after:inset-0"
        >
          {item.flow.name}
          {item.mocked && <span className="ml-1.5 text-2xs font-normal text-text-3">all mocked</span>}
          {item.flow.version !== null && (
            <span className="ml-1.5 font-mono text-2xs font-normal text-text-3">v{item.flow.version}</span>
          )}
        </Link>
        <span className="block truncate text-text-2">{item.trial ? 'One tool, tried alone' : item.input}</span>
      </td>
      <td className="px-3 text-status-text">
        <span className="flex items-center gap-1.5">
          <StatusDot status={item.status} />
          {statusWord(item.status)}
        </span>
      </td>
      <td className="px-3 text-text-2">{ago(item.createdAt, now)}</td>
      <td className="px-3 font-mono text-text-2 tabular-nums">{summary ? duration(summary.elapsedMs) : ''}</td>
      <td className="px-3 font-mono text-text-2 tabular-nums">
        {summary ? summary.calls.total : ''}
        {failed > 0 && <span className="ml-1.5 font-sans text-failed-text">{failed} failed</span>}
      </td>
      <td className="px-3 font-mono text-text-1 tabular-nums">{summary ? times(summary.speedup) : ''}</td>
    </tr>
  )
}
