import { Database, PencilRuler } from 'lucide-react'
import { useSearch } from 'wouter'
import { listFlows, sentenceOf } from '../api/client.ts'
import { listDataSets } from '../api/dataSets.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { goTo, paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { BackToEvals } from './BackToEvals.tsx'
import { NewEvalForm } from './NewEvalForm.tsx'

/** Makes an eval ready: which flow, on which cases. What belongs to these follows once both are chosen. */
export function NewEvalPage() {
  const search = new URLSearchParams(useSearch())
  const isLab = search.get('lab') === 'on'
  const version = Number(search.get('version')) || undefined
  const flows = useAnswer('flows', listFlows)
  const sets = useAnswer('data sets', listDataSets)
  const fault = flows.loaded.is === 'fault' ? flows.loaded.fault : sets.loaded.is === 'fault' ? sets.loaded.fault : null
  if (fault)
    return (
      <main className="flex min-h-0 flex-1">
        <EmptyState
          title="An eval cannot be made ready now"
          action={<Button onClick={() => [flows.reload(), sets.reload()]}>Try again</Button>}
        >
          {sentenceOf(fault)}
        </EmptyState>
      </main>
    )
  if (flows.loaded.is === 'loading' || sets.loaded.is === 'loading') return <main aria-busy="true" className="flex-1" />
  const saved = flows.loaded.is === 'there' ? flows.loaded.value.items : []
  const dataSets = sets.loaded.is === 'there' ? sets.loaded.value.items : []
  const flow = saved.find(({ id }) => id === search.get('flow')) ?? saved[0]
  const dataSet = dataSets.find(({ id }) => id === search.get('data-set')) ?? dataSets[0]
  const choose = (flowId: string | undefined, dataSetId: string | undefined) =>
    goTo(
      paths.newEval(flowId, {
        ...(dataSetId === undefined ? {} : { dataSet: dataSetId }),
        ...(isLab ? { lab: true } : {}),
      }),
      { replace: true },
    )
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[860px] flex-col gap-6 px-6 pt-8">
        <header className="flex items-start gap-2">
          <span className="mt-0.5">
            <BackToEvals />
          </span>
          <div>
            <h1 className="m-0 text-2xl font-semibold tracking-tight">{isLab ? 'Prompt lab' : 'New eval'}</h1>
            <p className="mt-1 mb-0 max-w-[64ch] text-sm text-text-2">
              {isLab
                ? 'Each clause is added to the instructions alone and measured against the instructions as they are. One that helps by more than chance can be made a version.'
                : 'A flow is run on every case of a data set, and each run is scored. Several versions, models or clauses run beside each other and are compared.'}
            </p>
          </div>
        </header>
        {!flow ? (
          <EmptyState
            className="py-12"
            icon={<PencilRuler size={20} />}
            title="No flow is saved yet"
            action={<Button onClick={() => goTo(paths.home)}>Choose a flow</Button>}
          >
            Open an example and change it, or start blank: what is saved can be measured.
          </EmptyState>
        ) : !dataSet ? (
          <EmptyState
            className="py-12"
            icon={<Database size={20} />}
            title="There is no data set yet"
            action={<Button onClick={() => goTo(paths.dataSets)}>Make a data set</Button>}
          >
            A data set holds the cases that a flow is run on, with what is expected of each.
          </EmptyState>
        ) : (
          <>
            <div className="grid grid-cols-2 gap-4 max-[700px]:grid-cols-1">
              <Field label="Flow">
                <Select
                  value={flow.id}
                  options={saved.map(({ id, flow: { name } }) => ({ value: id, label: name }))}
                  onValue={(id) => choose(id, dataSet.id)}
                />
              </Field>
              <Field label="Data set">
                <Select
                  value={dataSet.id}
                  options={dataSets.map(({ id, name, size }) => ({
                    value: id,
                    label: `${name} (${size} ${size === 1 ? 'case' : 'cases'})`,
                  }))}
                  onValue={(id) => choose(flow.id, id)}
                />
              </Field>
            </div>
            <NewEvalForm
              key={flow.id}
              flow={flow}
              dataSetId={dataSet.id}
              firstVersion={search.get('flow') === flow.id ? (version ?? flow.version) : flow.version}
              isLab={isLab}
            />
          </>
        )}
      </div>
    </main>
  )
}
