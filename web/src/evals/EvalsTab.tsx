import { GitCompareArrows, TestTubes } from 'lucide-react'
import { useState } from 'react'
import { useSearch } from 'wouter'
import { listFlows, sentenceOf } from '../api/client.ts'
import { listDataSets } from '../api/dataSets.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { goTo, paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Filter } from '../ui/Filter.tsx'
import { EvalTable } from './EvalTable.tsx'
import { useEvalList } from './useEvalList.ts'
import { VersionFigures } from './VersionFigures.tsx'

/** All evals, newest first: chosen by flow and data set, and two of them compared. With a flow chosen, its versions by their numbers. */
export function EvalsTab() {
  const { flow, dataSet, choose } = useEvalView()
  const { items, fault, reload } = useEvalList({ flowId: flow, dataSetId: dataSet })
  const flows = useAnswer('flows', listFlows).loaded
  const dataSets = useAnswer('data sets', listDataSets).loaded
  const [chosen, setChosen] = useState<readonly string[]>([])
  const isBare = flow === undefined && dataSet === undefined
  if (fault && items === null)
    return (
      <EmptyState title="The evals could not be read" action={<Button onClick={reload}>Try again</Button>}>
        {sentenceOf(fault)}
      </EmptyState>
    )
  if (items === null) return <div aria-busy="true" />
  if (items.length === 0 && isBare)
    return (
      <EmptyState
        className="py-16"
        icon={<TestTubes size={20} />}
        title="No eval was run yet"
        action={
          <>
            <Button onClick={() => goTo(paths.dataSets)}>Data sets</Button>
            <Button onClick={() => goTo(paths.newEval())}>New eval</Button>
          </>
        }
      >
        An eval runs a flow on every case of a data set and scores what it called and answered. Make a data set first,
        from runs that went well or from a file; then start an eval of one version, or of several beside each other.
      </EmptyState>
    )
  const [older, newer] = items.filter(({ id }) => chosen.includes(id)).reverse()
  return (
    <div className="flex flex-col gap-5">
      <section aria-label="Filters" className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <Filter name="Flow" any="All flows" value={flow} onValue={(id) => choose({ flow: id, dataSet })}>
          {flows.is === 'there' ? flows.value.items.map(({ id, flow: { name } }) => ({ value: id, label: name })) : []}
        </Filter>
        <Filter name="Data set" any="All data sets" value={dataSet} onValue={(id) => choose({ flow, dataSet: id })}>
          {dataSets.is === 'there' ? dataSets.value.items.map(({ id, name }) => ({ value: id, label: name })) : []}
        </Filter>
        <span className="ml-auto flex items-center gap-2">
          {chosen.length > 0 && (
            <Button variant="ghost" onClick={() => setChosen([])}>
              Choose none
            </Button>
          )}
          <Button
            icon={<GitCompareArrows size={14} aria-hidden />}
            disabled={!older || !newer}
            title="Choose two of the list: the older one is what the newer one is compared with"
            onClick={() => older && newer && goTo(paths.compareEvals(older.id, newer.id))}
          >
            Compare
          </Button>
        </span>
      </section>
      {flow !== undefined && <VersionFigures evals={items} dataSetId={dataSet} />}
      {items.length === 0 ? (
        <EmptyState
          className="py-12"
          title="No eval is like this"
          action={<Button onClick={() => choose({})}>Clear filters</Button>}
        >
          None was run of this flow on this data set. Start one, or choose another.
        </EmptyState>
      ) : (
        <EvalTable
          items={items}
          chosen={chosen}
          // A third choice lets go of the first: two make a comparison.
          onChoose={(id, isChosen) =>
            setChosen([...chosen.filter((one) => one !== id), ...(isChosen ? [id] : [])].slice(-2))
          }
        />
      )}
    </div>
  )
}

/** What is listed stands in the address. */
function useEvalView() {
  const search = new URLSearchParams(useSearch())
  return {
    flow: search.get('flow') || undefined,
    dataSet: search.get('data-set') || undefined,
    choose: ({ flow, dataSet }: { flow?: string | undefined; dataSet?: string | undefined }) => {
      const next = new URLSearchParams()
      if (flow !== undefined) next.set('flow', flow)
      if (dataSet !== undefined) next.set('data-set', dataSet)
      goTo(next.size === 0 ? paths.evals : `${paths.evals}?${next}`, { replace: true })
    },
  }
}
