import type { DataSet } from '@volley/shared/evals/api.ts'
import { freeId } from '@volley/shared/evals/freeId.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { ArrowLeft, Download, FileText, Plus, Upload } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { sentenceOf } from '../../api/client.ts'
import { deleteCase, getDataSet } from '../../api/dataSets.ts'
import { useAnswer } from '../../api/useAnswer.ts'
import { goTo, paths } from '../../routes.ts'
import { count, counted } from '../../trace/format.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { CONTROL } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/toast.tsx'
import { CaseTable } from './CaseTable.tsx'
import { CaseSheet, type EditedCase } from './caseEditor/CaseSheet.tsx'
import { DataSetMenu } from './DataSetMenu.tsx'
import { findCases } from './findCases.ts'
import { ImportDialog } from './import/ImportDialog.tsx'
import { type DataSetActions, useDataSetActions } from './useDataSetActions.tsx'

/** One data set: its cases, searched, edited, imported and taken along. */
export function DataSetPage({ id }: { id: string }) {
  const { loaded, reload } = useAnswer(id, (signal) => getDataSet(id, signal))
  const { actions, dialogs } = useDataSetActions({ onChanged: reload, onDeleted: () => goTo(paths.dataSets) })
  if (loaded.is === 'loading') return <main aria-busy="true" className="flex-1" />
  if (loaded.is === 'fault')
    return (
      <main className="flex min-h-0 flex-1">
        <EmptyState
          title="This data set cannot be shown"
          action={
            <>
              <Button onClick={reload}>Try again</Button>
              <Button onClick={() => goTo(paths.dataSets)}>All data sets</Button>
            </>
          }
        >
          {sentenceOf(loaded.fault)}
        </EmptyState>
      </main>
    )
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <div className="mx-auto flex min-h-0 w-full max-w-[1240px] flex-1 flex-col gap-5 px-6 pt-8 pb-6">
        <Cases dataSet={loaded.value} actions={actions} onChanged={reload} />
      </div>
      {dialogs}
    </main>
  )
}

type Open = { is: 'nothing' } | { is: 'import' } | { is: 'case'; edited: EditedCase } | { is: 'leaving'; one: TestCase }

function Cases({ dataSet, actions, onChanged }: { dataSet: DataSet; actions: DataSetActions; onChanged: () => void }) {
  const { id, cases } = dataSet
  const [words, setWords] = useState('')
  const [open, setOpen] = useState<Open>({ is: 'nothing' })
  const wanted = useDeferredValue(words)
  const shown = useMemo(() => findCases(cases, wanted), [cases, wanted])
  const close = () => setOpen({ is: 'nothing' })
  const freshId = (like: string) => freeId(like, new Set(cases.map((one) => one.id)))
  const edit = (start: TestCase, savedAs: string | null) => setOpen({ is: 'case', edited: { start, savedAs } })
  const addNew = () => edit({ id: freshId('case-1'), input: '', expected: {} }, null)
  const importInto = () => setOpen({ is: 'import' })
  const remove = async (one: TestCase) => {
    close()
    const answer = await deleteCase(id, one.id)
    if (!answer.ok && answer.error.status !== 404)
      return toast.problem(`“${one.id}” was not deleted.`, sentenceOf(answer.error))
    toast.done(`“${one.id}” is deleted.`)
    onChanged()
  }
  return (
    <>
      <Head dataSet={dataSet} actions={actions} onImport={importInto} onNew={addNew} />
      {cases.length === 0 ? (
        <NoCases onNew={addNew} onImport={importInto} />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col gap-3">
          <div className="flex flex-wrap items-center gap-3">
            <input
              type="search"
              aria-label="Search the cases"
              placeholder="Search by id, name, input or what is expected"
              value={words}
              onChange={({ target }) => setWords(target.value)}
              className={`${CONTROL} h-[30px] min-w-48 flex-1`}
            />
            <p role="status" className="m-0 text-xs text-text-3">
              {shown.length === cases.length
                ? counted(cases.length, 'case').replace(/^\d+/, count(cases.length))
                : `${count(shown.length)} of ${count(cases.length)} cases`}
            </p>
          </div>
          {shown.length === 0 ? (
            <p className="m-0 rounded-[11px] border border-line bg-surface-1 px-4 py-6 text-center text-xs text-text-2">
              No case holds “{wanted}”.
            </p>
          ) : (
            <div className="min-h-0 flex-1">
              <CaseTable
                cases={shown}
                actions={{
                  edit: (one) => edit(one, one.id),
                  duplicate: (one) => edit({ ...one, id: freshId(one.id) }, null),
                  remove: (one) => setOpen({ is: 'leaving', one }),
                }}
              />
            </div>
          )}
        </div>
      )}
      {open.is === 'import' && <ImportDialog into={dataSet} onClose={close} onAdded={arrive} />}
      {open.is === 'case' && <CaseSheet dataSet={dataSet} edited={open.edited} onClose={close} onSaved={onChanged} />}
      <ConfirmDialog
        open={open.is === 'leaving'}
        title={open.is === 'leaving' ? `Delete the case “${open.one.id}”?` : 'Delete?'}
        verb="Delete case"
        onCancel={close}
        onConfirm={() => open.is === 'leaving' && void remove(open.one)}
      >
        This cannot be undone. Evals that ran on it keep their results.
      </ConfirmDialog>
    </>
  )

  function arrive(dataSetId: string) {
    if (dataSetId === id) onChanged()
    else goTo(paths.dataSet(dataSetId))
  }
}

function Head({
  dataSet,
  actions,
  onImport,
  onNew,
}: {
  dataSet: DataSet
  actions: DataSetActions
  onImport: () => void
  onNew: () => void
}) {
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <Link
          href={paths.dataSets}
          className="mb-1 inline-flex items-center gap-1 rounded-sm text-xs text-text-2 no-underline hover:text-text-1"
        >
          <ArrowLeft size={13} aria-hidden />
          Data sets
        </Link>
        <h1 className="m-0 text-2xl font-semibold tracking-tight break-words">{dataSet.name}</h1>
        {dataSet.description && (
          <p className="mt-1 mb-0 line-clamp-3 max-w-[80ch] text-sm whitespace-pre-line text-text-2">
            {dataSet.description}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 pt-5">
        <Button icon={<Upload size={14} aria-hidden />} onClick={onImport}>
          Import
        </Button>
        <Button
          icon={<Download size={14} aria-hidden />}
          disabled={dataSet.size === 0}
          title="As JSON lines: one case a line"
          onClick={() => actions.exportLines(dataSet)}
        >
          Export
        </Button>
        <Button icon={<Plus size={14} aria-hidden />} onClick={onNew}>
          Add case
        </Button>
        <DataSetMenu dataSet={dataSet} actions={actions} />
      </div>
    </header>
  )
}

function NoCases({ onNew, onImport }: { onNew: () => void; onImport: () => void }) {
  return (
    <div className="rounded-xl border border-dashed border-line-strong py-6">
      <EmptyState
        className="max-w-md"
        icon={<FileText size={20} />}
        title="No cases yet"
        action={
          <>
            <Button icon={<Plus size={14} aria-hidden />} onClick={onNew}>
              Write the first
            </Button>
            <Button icon={<Upload size={14} aria-hidden />} onClick={onImport}>
              Import a file
            </Button>
          </>
        }
      >
        A case is an input, and what is expected of the run that answers it. Runs become cases too: open one that went
        well and choose “Add to a data set”.
      </EmptyState>
    </div>
  )
}
