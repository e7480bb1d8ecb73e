import type { DataSetEntry } from '@volley/shared/evals/api.ts'
import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../../api/client.ts'
import { changeDataSet, makeDataSet } from '../../api/dataSets.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'

interface DataSetDialogProps {
  open: boolean
  /** The set that gets another name; null for a new one. */
  dataSet: DataSetEntry | null
  onClose: () => void
  onStored: (dataSet: DataSetEntry) => void
}

/** Names and describes a data set, a new one or one that is there. */
export function DataSetDialog({ open, dataSet, onClose, onStored }: DataSetDialogProps) {
  const form = useId()
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={dataSet ? `Rename “${dataSet.name}”` : 'New data set'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary">
            {dataSet ? 'Save' : 'Create'}
          </Button>
        </>
      }
    >
      <DataSetForm id={form} dataSet={dataSet} onClose={onClose} onStored={onStored} />
    </Dialog>
  )
}

function DataSetForm({ id, dataSet, onClose, onStored }: Omit<DataSetDialogProps, 'open'> & { id: string }) {
  const [name, setName] = useState(dataSet?.name ?? '')
  const [description, setDescription] = useState(dataSet?.description ?? '')
  const [fault, setFault] = useState<string | null>(null)
  const store = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setFault('Give it a name: what its cases are about.')
    const fields = { name: name.trim(), description }
    const answer = await (dataSet ? changeDataSet(dataSet.id, fields) : makeDataSet(fields))
    if (!answer.ok) return setFault(sentenceOf(answer.error))
    onClose()
    onStored(answer.value)
  }
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={(event) => void store(event)}>
      <Field label="Name">
        <TextInput
          data-autofocus
          maxLength={200}
          placeholder="Questions about ports"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Field label="Description" hint="what its cases have in common, and where they come from">
        <TextArea maxLength={10_000} value={description} onChange={({ target }) => setDescription(target.value)} />
      </Field>
      {fault && <Notice tone="failed">{fault}</Notice>}
    </form>
  )
}
