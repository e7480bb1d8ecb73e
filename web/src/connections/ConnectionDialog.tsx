import type { ConnectionEntry } from '@volley/shared/api.ts'
import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { putConnection } from '../api/connections.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Select } from '../ui/Select.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { ConnectionFields } from './ConnectionFields.tsx'
import { contentOf, draftFault, draftOf, losesStored } from './draft.ts'
import { FORM_KINDS, type FormKind } from './kinds.ts'

interface FormProps {
  /** The one to change; null for a new one. */
  entry: ConnectionEntry | null
  kinds?: readonly FormKind[]
  onClose: () => void
  onStored: (entry: ConnectionEntry) => void
}

/** Adds a connection, or changes one. Storing a command starts nothing: that needs an approval of its own. */
export function ConnectionDialog({ open, ...props }: FormProps & { open: boolean }) {
  const form = useId()
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      title={props.entry ? `Edit ${props.entry.name}` : 'Add a connection'}
      description="Stored on the server. Keys and values are encrypted and not shown again."
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary">
            Store
          </Button>
        </>
      }
    >
      <ConnectionForm key={props.entry?.hash ?? 'new'} id={form} {...props} />
    </Dialog>
  )
}

function ConnectionForm({ id, entry, kinds, onClose, onStored }: FormProps & { id: string }) {
  const offered = FORM_KINDS.filter(({ kind }) => !kinds || kinds.includes(kind))
  const [draft, setDraft] = useState(() => draftOf(entry, offered[0]?.kind))
  const [fault, setFault] = useState<string | null>(null)
  const store = async (event: FormEvent) => {
    event.preventDefault()
    const reason = draftFault(draft)
    if (reason) return setFault(reason)
    const answer = await putConnection(draft.name, contentOf(draft))
    if (!answer.ok) return setFault(sentenceOf(answer.error))
    onClose()
    onStored(answer.value)
  }
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={(event) => void store(event)}>
      <Field label="Kind" hint={offered.find(({ kind }) => kind === draft.kind)?.summary}>
        <Select
          value={draft.kind}
          disabled={entry !== null}
          options={offered.map(({ kind, label }) => ({ value: kind, label }))}
          onValue={(kind) => setDraft({ ...draft, kind: kind as FormKind })}
        />
      </Field>
      {!entry && (
        <Field label="Connection name" hint="flows and tools call it by this">
          <TextInput
            mono
            data-autofocus
            maxLength={64}
            placeholder={draft.kind.startsWith('mcp') ? 'files' : 'local'}
            value={draft.name}
            onChange={({ target }) => setDraft({ ...draft, name: target.value })}
          />
        </Field>
      )}
      <ConnectionFields draft={draft} onDraft={(change) => setDraft((now) => ({ ...now, ...change }))} />
      {losesStored(entry, draft) && (
        <Notice tone="waiting">
          What is stored goes only to the place it was stored for. This leads elsewhere: give keys and values anew.
        </Notice>
      )}
      {draft.kind === 'mcp-stdio' && (
        <Notice tone="waiting">
          Nothing is started by storing it. You will be shown the exact command, and it runs once you approve it.
        </Notice>
      )}
      {fault && <Notice tone="failed">{fault}</Notice>}
    </form>
  )
}
