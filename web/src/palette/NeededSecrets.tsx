import type { NeededSecret } from '@volley/shared/api.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { listSecrets, putSecret } from '../api/secrets.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { Faults } from './Faults.tsx'
import { originsOf } from './originsOf.ts'

/** The secrets that tools just added cannot do without: filled in here, or later under Settings. */
export function NeededSecrets({
  flow,
  secrets,
  count,
  onDone,
}: {
  flow: Flow
  secrets: readonly NeededSecret[]
  count: number
  onDone: () => void
}) {
  const { loaded } = useAnswer('secrets', listSecrets)
  const stored = new Set(loaded.is === 'there' ? loaded.value.items.map(({ name }) => name) : [])
  const [values, setValues] = useState<Record<string, string>>({})
  const [fault, setFault] = useState<string | null>(null)
  const typed = secrets.filter(({ name }) => (values[name] ?? '') !== '')
  const store = async () => {
    for (const { name } of typed) {
      const origins = originsOf(flow, name)
      const answer = await putSecret(name, { value: values[name] ?? '', ...(origins.length > 0 ? { origins } : {}) })
      if (!answer.ok) return setFault(sentenceOf(answer.error))
    }
    onDone()
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void store()
      }}
    >
      <p role="status" className="m-0 flex items-center gap-2 text-sm">
        <CircleCheck size={15} aria-hidden className="text-succeeded-text" />
        {count === 1 ? '1 tool was added.' : `${count} tools were added.`}{' '}
        {secrets.length === 1 ? 'A secret is' : 'Secrets are'} needed before they can be called.
      </p>
      {secrets.map(({ name, message }, at) => (
        <Field
          key={name}
          label={<span className="font-mono">{name}</span>}
          hint={stored.has(name) ? 'stored already; type to replace it' : message}
        >
          <TextInput
            mono
            type="password"
            autoComplete="new-password"
            {...(at === 0 ? { autoFocus: true } : {})}
            value={values[name] ?? ''}
            onChange={({ target }) => setValues({ ...values, [name]: target.value })}
          />
        </Field>
      ))}
      <Faults fault={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Later, under Settings</Button>
        <Button type="submit" variant="primary" disabled={typed.length === 0}>
          Store
        </Button>
      </div>
    </form>
  )
}
