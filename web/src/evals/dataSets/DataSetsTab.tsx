import { Database, ListTree, Plus, Upload } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../../api/client.ts'
import { listDataSets } from '../../api/dataSets.ts'
import { useAnswer } from '../../api/useAnswer.ts'
import { goTo, paths } from '../../routes.ts'
import { counted } from '../../trace/format.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DataSetDialog } from './DataSetDialog.tsx'
import { DataSetList } from './DataSetList.tsx'
import { ImportDialog } from './import/ImportDialog.tsx'
import { useDataSetActions } from './useDataSetActions.tsx'

type Open = 'nothing' | 'naming' | 'import'

/** All data sets, the one that was changed last first; before there are any, what one is and the ways to begin. */
export function DataSetsTab() {
  const { loaded, reload } = useAnswer('data sets', listDataSets)
  const { actions, dialogs } = useDataSetActions({ onChanged: reload })
  const [open, setOpen] = useState<Open>('nothing')
  const close = () => setOpen('nothing')
  if (loaded.is === 'loading') return <div aria-busy="true" className="min-h-40" />
  if (loaded.is === 'fault')
    return (
      <EmptyState title="The data sets could not be read" action={<Button onClick={reload}>Try again</Button>}>
        {sentenceOf(loaded.fault)}
      </EmptyState>
    )
  const dataSets = loaded.value.items.toSorted((one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt))
  const isEmpty = dataSets.length === 0
  return (
    <section aria-label="Data sets" className="flex flex-col gap-3">
      {isEmpty ? (
        <NoDataSets onNew={() => setOpen('naming')} onImport={() => setOpen('import')} />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <p role="status" className="m-0 mr-auto text-xs text-text-3">
              {counted(dataSets.length, 'data set')}
            </p>
            <Button icon={<Upload size={14} aria-hidden />} onClick={() => setOpen('import')}>
              Import
            </Button>
            <Button icon={<Plus size={14} aria-hidden />} onClick={() => setOpen('naming')}>
              New data set
            </Button>
          </div>
          <DataSetList dataSets={dataSets} actions={actions} />
        </>
      )}
      <DataSetDialog
        open={open === 'naming'}
        dataSet={null}
        onClose={close}
        onStored={({ id }) => goTo(paths.dataSet(id))}
      />
      {open === 'import' && <ImportDialog into={null} onClose={close} onAdded={(id) => goTo(paths.dataSet(id))} />}
      {dialogs}
    </section>
  )
}

function NoDataSets({ onNew, onImport }: { onNew: () => void; onImport: () => void }) {
  return (
    <div className="rounded-xl border border-dashed border-line-strong py-6">
      <EmptyState
        className="max-w-lg"
        icon={<Database size={20} />}
        title="No data sets yet"
        action={
          <>
            <Button icon={<Plus size={14} aria-hidden />} onClick={onNew}>
              Start empty
            </Button>
            <Button icon={<Upload size={14} aria-hidden />} onClick={onImport}>
              Import a file
            </Button>
            <Button icon={<ListTree size={14} aria-hidden />} onClick={() => goTo(paths.runs)}>
              From runs
            </Button>
          </>
        }
      >
        A data set is a list of cases: an input, and what is expected of a run that answers it — which calls, in which
        order, which answer. An eval runs a flow on all of them and scores each. Write cases by hand, import JSON lines,
        a table or files of the Berkeley Function Calling Leaderboard, or open a run that went well and choose “Add to a
        data set”.
      </EmptyState>
    </div>
  )
}
