import type { DataSet } from '@volley/shared/evals/api.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { sentenceOf } from '../../../api/client.ts'
import { putCase } from '../../../api/dataSets.ts'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Sheet } from '../../../ui/Sheet.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../../../ui/Tabs.tsx'
import { toast } from '../../../ui/toast.tsx'
import { CaseForm } from './CaseForm.tsx'
import { CaseJson } from './CaseJson.tsx'
import { type CaseEdit, editOf, isChanged, readEdit, textFault, withDraft, withText } from './caseEdit.ts'
import { forgetEdit, keepEdit, keptEdit } from './keptEdits.ts'
import type { DraftFault } from './readDraft.ts'

/** What the editor begins with, and the id under which it is saved; null for one that is not saved yet. */
export interface EditedCase {
  start: TestCase
  savedAs: string | null
}

/** Edits one case, in a form and as JSON. What was changed is not lost by closing: it asks, and keeps it when the page is left. */
export function CaseSheet({
  dataSet,
  edited: { start, savedAs },
  onClose,
  onSaved,
}: {
  dataSet: DataSet
  edited: EditedCase
  onClose: () => void
  onSaved: () => void
}) {
  const place = `${dataSet.id} ${savedAs ?? `new ${start.id}`}`
  const [edit, setEdit] = useState<CaseEdit>(() => keptEdit(place) ?? editOf(start))
  const [wasKept] = useState(() => keptEdit(place) !== null)
  const [isLeaving, setLeaving] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const taken = useMemo(
    () => new Set(dataSet.cases.flatMap(({ id }) => (id === savedAs ? [] : [id]))),
    [dataSet.cases, savedAs],
  )
  const read = useMemo(() => readEdit(edit, taken), [edit, taken])
  const isDirty = isChanged(edit, start)
  useAskBeforeUnload(isDirty)

  const change = (next: CaseEdit) => {
    setEdit(next)
    setFault(null)
    if (isChanged(next, start)) keepEdit(place, next)
    else forgetEdit(place)
  }
  const leave = () => {
    forgetEdit(place)
    onClose()
  }
  const save = async () => {
    if (!read.ok) return
    const answer = await putCase(dataSet.id, savedAs ?? read.value.id, read.value)
    if (!answer.ok) return setFault(sentenceOf(answer.error))
    leave()
    toast.done(`“${read.value.id}” is saved.`)
    onSaved()
  }
  const title = savedAs === null ? 'New case' : `Case ${savedAs}`
  return (
    <Sheet
      wide
      open
      side="right"
      title={title}
      onOpenChange={(isOpen) => {
        if (isOpen) return
        if (isDirty) setLeaving(true)
        else leave()
      }}
    >
      <Tabs defaultValue={textFault(edit) === null ? 'form' : 'json'} className="h-full">
        <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5 pr-3 pl-4">
          <p aria-hidden className="m-0 min-w-0 truncate text-lg font-semibold">
            {title}
          </p>
          <TabList label="How the case is shown" className="mr-auto">
            <Tab value="form">Form</Tab>
            <Tab value="json">JSON</Tab>
          </TabList>
          <button
            type="button"
            aria-label="Close"
            className="inline-flex size-[30px] shrink-0 items-center justify-center rounded-md text-text-2 hover:bg-surface-3 hover:text-text-1"
            onClick={() => (isDirty ? setLeaving(true) : leave())}
          >
            <X size={15} aria-hidden />
          </button>
        </header>
        {wasKept && isDirty && (
          <p
            role="status"
            className="m-0 flex items-center gap-3 border-b border-line bg-waiting/10 px-4 py-1.5 text-xs"
          >
            <span className="min-w-0 flex-1">Your changes from before are back. They are not saved yet.</span>
            <Button size="sm" onClick={() => change(editOf(start))}>
              Discard them
            </Button>
          </p>
        )}
        <TabPanel value="form" tabIndex={-1} className="overflow-y-auto p-4">
          <CaseForm
            draft={edit.draft}
            cases={dataSet.cases}
            faults={read.ok ? [] : read.error}
            textFault={textFault(edit)}
            onDraft={(draft) => change(withDraft(draft))}
          />
        </TabPanel>
        <TabPanel value="json" tabIndex={-1} className="overflow-y-auto p-4">
          <CaseJson edit={edit} onText={(text) => change(withText(edit, text))} />
        </TabPanel>
        <footer className="flex shrink-0 flex-wrap items-center justify-end gap-x-4 gap-y-2 border-t border-line px-4 py-3">
          <div className="min-w-0 flex-1 basis-60">
            {fault ? <Notice tone="failed">{fault}</Notice> : <Faults faults={read.ok ? [] : read.error} />}
          </div>
          <span className="flex gap-2">
            <Button onClick={() => (isDirty ? setLeaving(true) : leave())}>Cancel</Button>
            <Button variant="primary" disabled={!read.ok || (savedAs !== null && !isDirty)} onClick={() => void save()}>
              Save case
            </Button>
          </span>
        </footer>
      </Tabs>
      <ConfirmDialog
        open={isLeaving}
        title="Close without saving?"
        verb="Discard changes"
        onCancel={() => setLeaving(false)}
        onConfirm={leave}
      >
        What you changed in this case is not saved yet.
      </ConfirmDialog>
    </Sheet>
  )
}

const MOST_TOLD = 3

/** What keeps the case from being saved. */
function Faults({ faults }: { faults: readonly DraftFault[] }) {
  const told = faults.slice(0, MOST_TOLD)
  const more = faults.length - told.length
  return (
    <ul role="status" aria-label="To be mended" className="m-0 list-none p-0 text-xs text-failed-text">
      {told.map(({ at, message }) => (
        <li key={`${at} ${message}`} className="break-words">
          {message}
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  )
}

/** The browser asks before the page is closed or loaded anew. */
function useAskBeforeUnload(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isDirty])
}
