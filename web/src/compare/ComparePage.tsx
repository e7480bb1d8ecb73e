import type { RunState } from '@volley/shared/run/state.ts'
import { Columns3 } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { Link, useSearch } from 'wouter'
import { MOST_COMPARED, paths } from '../routes.ts'
import { BackToRuns } from '../runs/BackToRuns.tsx'
import { axisFor } from '../trace/chart/axis.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { alignCalls, ownCalls } from './alignCalls.ts'
import { CallDifferences } from './CallDifferences.tsx'
import { CompareLane } from './CompareLane.tsx'

/** Two to four runs on one time axis, under one another: what each took, said and cost, and which calls not all of them made. */
export function ComparePage() {
  const asked = (new URLSearchParams(useSearch()).get('runs') ?? '').split(',').filter(Boolean)
  const ids = [...new Set(asked)].slice(0, MOST_COMPARED)
  const [runs, setRuns] = useState<Readonly<Record<string, RunState>>>({})
  const onRun = useCallback(
    (run: RunState) => setRuns((before) => (before[run.id] === run ? before : { ...before, [run.id]: run })),
    [],
  )
  const there = ids.flatMap((id) => runs[id] ?? [])
  const shared = useMemo(() => alignCalls(there), [there])
  const isLive = there.some((run) => run.summary === null)
  const longest = Math.max(0, ...there.map((run) => run.summary?.elapsedMs ?? run.at))
  const axis = axisFor(longest, isLive, 8)
  const fastest =
    isLive || there.length < ids.length ? null : Math.min(...there.map((run) => run.summary?.elapsedMs ?? 0))
  if (ids.length < 2)
    return (
      <main className="flex min-h-0 flex-1">
        <h1 className="sr-only">Runs side by side</h1>
        <EmptyState
          icon={<Columns3 size={20} />}
          title="Two runs make a comparison"
          action={
            <Link href={paths.runs} className="text-xs text-text-1 underline underline-offset-2">
              All runs
            </Link>
          }
        >
          Choose “Run side by side…” in the menu of a flow's playground, or select two to four runs among all runs.
        </EmptyState>
      </main>
    )
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-[52px] shrink-0 items-center gap-3 border-b border-line bg-surface-1 px-4">
        <BackToRuns />
        <h1 className="m-0 text-base font-semibold">{ids.length} runs side by side</h1>
        <p className="m-0 min-w-0 truncate text-xs text-text-2">{there[0]?.input}</p>
      </header>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        aria-label="Side by side"
        className="min-h-0 flex-1 overflow-y-auto p-4 outline-offset-[-2px]!"
      >
        <div className="flex flex-col gap-4">
          {ids.map((id) => {
            const lane = there.findIndex((run) => run.id === id)
            const own = lane < 0 || there.length < 2 ? NONE : ownCalls(shared, lane)
            const isFastest = fastest !== null && runs[id]?.summary?.elapsedMs === fastest
            return <CompareLane key={id} {...{ id, axis, own, isFastest, onRun }} />
          })}
          {there.length === ids.length && <CallDifferences runs={there} shared={shared} />}
        </div>
      </section>
    </main>
  )
}

const NONE: ReadonlySet<number> = new Set()
