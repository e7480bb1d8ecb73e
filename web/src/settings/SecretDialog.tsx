import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { putSecret, SECRET_NAME, type SecretEntry } from '../api/secrets.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'

/** Stores a secret, or a new value for one that is there. What is typed leaves the page only to the server. */
export function SecretDialog({
  open,
  secret,
  taken,
  onClose,
  onStored,
}: {
  open: boolean
  /** The one to replace; null for a new one. */
  secret: SecretEntry | null
  taken: readonly string[]
  onClose: () => void
  onStored: () => void
}) {
  const form = useId()
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={secret ? `Replace ${secret.name}` : 'Add a secret'}
      description="It is encrypted, and no one can read it again: not here, not in a flow, not in a trace."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary">
            Store
          </Button>
        </>
      }
    >
      <SecretForm id={form} secret={secret} taken={taken} onClose={onClose} onStored={onStored} />
    </Dialog>
  )
}

function SecretForm({
  id,
  secret,
  taken,
  onClose,
  onStored,
}: {
  id: string
  secret: SecretEntry | null
  taken: readonly string[]
  onClose: () => void
  onStored: () => void
}) {
  const [name, setName] = useState(secret?.name ?? '')
  const [value, setValue] = useState('')
  const [origins, setOrigins] = useState((secret?.origins ?? []).join('\n'))
  const [fault, setFault] = useState<string | null>(null)
  const isTaken = !secret && taken.includes(name)
  const nameFault =
    name !== '' && !SECRET_NAME.test(name)
      ? 'Letters, digits and "_", not a digit first, at most 64.'
      : isTaken
        ? 'A secret of this name is there: storing replaces its value.'
        : null
  const store = async (event: FormEvent) => {
    event.preventDefault()
    if (!SECRET_NAME.test(name) || value === '')
      return setFault(value === '' ? 'Type or paste the value first.' : 'Give it a name first.')
    const listed = origins.split(/[\s,]+/).filter((origin) => origin !== '')
    const answer = await putSecret(name, { value, ...(listed.length > 0 ? { origins: listed } : {}) })
    if (!answer.ok) return setFault(sentenceOf(answer.error))
    onClose()
    onStored()
  }
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={(event) => void store(event)}>
      {!secret && (
        <Field label="Secret name" hint="a tool writes {{secret.NAME}}" error={nameFault}>
          <TextInput
            mono
            data-autofocus
            maxLength={64}
            placeholder="WEATHER_KEY"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
      )}
      <Field label="Value">
        <TextInput
          mono
          type="password"
          autoComplete="new-password"
          {...(secret ? { 'data-autofocus': true } : {})}
          value={value}
          onChange={({ target }) => setValue(target.value)}
        />
      </Field>
      <Field label="Goes only to" hint="origins, one a line; empty: wherever a tool sends it">
        <TextArea
          mono
          spellCheck={false}
          placeholder="https://api.example.com"
          value={origins}
          onChange={({ target }) => setOrigins(target.value)}
        />
      </Field>
      {fault && <Notice tone="failed">{fault}</Notice>}
    </form>
  )
}
