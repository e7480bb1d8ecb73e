import type { RunStatus } from '@volley/shared/run/events.ts'
import { RUN_STATUSES } from '@volley/shared/run/statuses.ts'
import { Columns3, ListTree } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { getRunFacets, getRunStats } from '../api/runStats.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { useKept } from '../api/useKept.ts'
import { goTo, MOST_COMPARED, paths } from '../routes.ts'
import { counted } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { statusWord } from '../ui/StatusDot.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../ui/Tabs.tsx'
import { ExportButton } from './ExportButton.tsx'
import { RunCards } from './RunCards.tsx'
import { RunFilters } from './RunFilters.tsx'
import { RunTable } from './RunTable.tsx'
import { filterOf, hasFilters, type RunView } from './runView.ts'
import { ToolStatsTable } from './ToolStatsTable.tsx'
import { useRunList } from './useRunList.ts'
import { useRunView } from './useRunView.ts'
import { VersionPanel } from './VersionPanel.tsx'

/** All runs, newest first: chosen by what is in them, counted, compared, and taken along. */
export function RunsPage() {
  const { view, change, clear } = useRunView()
  // The moment counts from when the choice was made: a list that is open must not ask for other runs each time it is drawn.
  const filter = useMemo(() => filterOf(view, Date.now()), [view])
  const { items, fault, hasMore, isLoading, more, reload } = useRunList(filter)
  const { loaded: facetsNow, reload: askFacets } = useAnswer(`facets ${filter.flowId ?? ''}`, (signal) =>
    getRunFacets(filter.flowId, signal),
  )
  const { loaded: statsNow, reload: count } = useAnswer(`stats ${JSON.stringify(filter)}`, (signal) =>
    getRunStats(filter, signal),
  )
  const facets = useKept(facetsNow)
  const stats = useKept(statsNow)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())

  // What is counted changes when a run ends.
  const ended = items.filter((item) => item.summary !== null).length
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number is what tells of a change.
  useEffect(() => {
    count()
    askFacets()
  }, [ended])

  const choose = (ids: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) isChosen ? next.add(id) : next.delete(id)
    setChosen(next)
  }
  const total = stats?.total ?? items.length
  const isBare = !hasFilters(view)
  // Nothing to choose from: there are no runs, or the first of them are still to come.
  const isEmpty = isBare && items.length === 0
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[1240px] flex-col gap-5 px-6 pt-10 pb-16">
        <header className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <h1 className="m-0 flex-1 text-2xl font-semibold tracking-tight">Runs</h1>
          {!isEmpty && <StatusChoice status={view.status} onStatus={(status) => change({ status })} />}
          {!isEmpty && (
            <span className="flex items-center gap-2">
              {chosen.size > 0 && (
                <Button variant="ghost" onClick={() => setChosen(new Set())}>
                  Choose none
                </Button>
              )}
              {chosen.size > 1 && (
                <Button
                  icon={<Columns3 size={14} aria-hidden />}
                  disabled={chosen.size > MOST_COMPARED}
                  title={`Two to ${MOST_COMPARED} runs on one time axis`}
                  onClick={() => goTo(paths.compare([...chosen]))}
                >
                  Side by side
                </Button>
              )}
              <ExportButton chosen={chosen} filter={filter} total={total} isBare={isBare} />
            </span>
          )}
        </header>
        {!isEmpty && <RunFilters view={view} facets={facets} onChange={change} onClear={clear} />}
        {stats && stats.runs > 0 && <RunCards stats={stats} />}
        {fault && (
          <EmptyState title="The list could not be read" action={<Button onClick={reload}>Try again</Button>}>
            {sentenceOf(fault)}
          </EmptyState>
        )}
        {!fault && !isLoading && items.length === 0 && <NoRuns isBare={isBare} onClear={clear} />}
        {items.length > 0 && (
          <Tabs value={view.view} onValueChange={(chosenView) => change({ view: chosenView as RunView['view'] })}>
            <div className="mb-3 flex items-center gap-3">
              <TabList label="What is shown of them" className="mr-auto">
                <Tab value="list">List</Tab>
                <Tab value="tools">By tool</Tab>
                <Tab value="versions">By version</Tab>
              </TabList>
              <p role="status" className="m-0 text-xs text-text-3">
                {counted(total, 'run')}
              </p>
            </div>
            <TabPanel value="list" className="flex flex-col gap-5">
              <RunTable items={items} chosen={chosen} onChoose={choose} />
              {hasMore && (
                <Button className="self-center" disabled={isLoading} onClick={more}>
                  Show older
                </Button>
              )}
            </TabPanel>
            <TabPanel value="tools">
              {stats && <ToolStatsTable tools={stats.tools} onChoose={(tool) => change({ tool, view: 'list' })} />}
            </TabPanel>
            <TabPanel value="versions">
              <VersionPanel filter={filter} facets={facets} onFlow={(flow) => change({ flow })} />
            </TabPanel>
          </Tabs>
        )}
      </div>
    </main>
  )
}

const STATUSES = ['all', ...RUN_STATUSES] as const

function StatusChoice({
  status,
  onStatus,
}: {
  status: RunStatus | undefined
  onStatus: (status: RunStatus | undefined) => void
}) {
  return (
    <ToggleGroup.Root
      type="single"
      value={status ?? 'all'}
      aria-label="Which of them"
      className="flex flex-wrap gap-1"
      onValueChange={(value) => value !== '' && onStatus(RUN_STATUSES.find((one) => one === value))}
    >
      {STATUSES.map((one) => (
        <ToggleGroup.Item
          key={one}
          value={one}
          className="h-7 rounded-md px-2.5 text-xs font-medium text-text-2 first-letter:uppercase hover:text-text-1 data-[state=on]:bg-surface-3 data-[state=on]:text-text-1"
        >
          {statusWord(one)}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}

function NoRuns({ isBare, onClear }: { isBare: boolean; onClear: () => void }) {
  return isBare ? (
    <EmptyState
      className="py-16"
      icon={<ListTree size={20} />}
      title="Nothing was run yet"
      action={<Button onClick={() => goTo(paths.home)}>Choose a flow</Button>}
    >
      Open a flow and press Run. Every run stays here with its timeline, its calls and its answer.
    </EmptyState>
  ) : (
    <EmptyState
      className="py-16"
      icon={<ListTree size={20} />}
      title="No run is like this"
      action={<Button onClick={onClear}>Clear filters</Button>}
    >
      {counted(0, 'run')} match all the filters together. Take one away, or clear them.
    </EmptyState>
  )
}
