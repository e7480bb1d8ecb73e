import type { MadeApiToken } from '@volley/shared/api.ts'
import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { makeToken } from '../api/tokens.ts'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copyText.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Select } from '../ui/Select.tsx'
import { TextInput } from '../ui/TextInput.tsx'

interface Choice {
  id: string
  name: string
}

/** Makes a token for one flow, and shows it this one time. */
export function TokenDialog({
  open,
  flows,
  onClose,
  onMade,
}: {
  open: boolean
  flows: readonly Choice[]
  onClose: () => void
  onMade: () => void
}) {
  const form = useId()
  const [made, setMade] = useState<MadeApiToken | null>(null)
  const close = () => {
    setMade(null)
    onClose()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && close()}
      title={made ? `The token for ${made.name}` : 'Make an API token'}
      description={
        made
          ? 'Copy it now. It is kept as a hash alone and cannot be shown again.'
          : 'Whoever has it can run this flow, and do nothing else.'
      }
      footer={
        made ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" form={form} variant="primary">
              Make token
            </Button>
          </>
        )
      }
    >
      {made ? (
        <ShownOnce made={made} />
      ) : (
        <TokenForm
          id={form}
          flows={flows}
          onMade={(token) => {
            setMade(token)
            onMade()
          }}
        />
      )}
    </Dialog>
  )
}

function TokenForm({
  id,
  flows,
  onMade,
}: {
  id: string
  flows: readonly Choice[]
  onMade: (token: MadeApiToken) => void
}) {
  const [name, setName] = useState('')
  const [flowId, setFlowId] = useState(flows[0]?.id ?? '')
  const [fault, setFault] = useState<string | null>(null)
  const make = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setFault('Give it a name first: that of the program that will use it.')
    const answer = await makeToken({ name: name.trim(), flowId })
    if (answer.ok) onMade(answer.value)
    else setFault(sentenceOf(answer.error))
  }
  return (
    <form id={id} className="flex flex-col gap-4" onSubmit={(event) => void make(event)}>
      <Field label="Token name" hint="the program that uses it">
        <TextInput
          data-autofocus
          maxLength={100}
          placeholder="Web shop"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Field label="Flow">
        <Select
          value={flowId}
          options={flows.map((flow) => ({ value: flow.id, label: flow.name }))}
          onValue={setFlowId}
        />
      </Field>
      {fault && <Notice tone="failed">{fault}</Notice>}
    </form>
  )
}

function ShownOnce({ made }: { made: MadeApiToken }) {
  const call = `curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{"input": "…"}' "${location.origin}/api/flows/${made.flowId}/runs?label=production&wait=true"`
  return (
    <div className="flex flex-col gap-4">
      <Field label="Token">
        <TextInput mono readOnly data-autofocus value={made.token} onFocus={({ target }) => target.select()} />
      </Field>
      <div className="flex gap-2">
        <Button onClick={() => void copyText(made.token, 'The token')}>Copy token</Button>
        <Button onClick={() => void copyText(call, 'The command')}>Copy as a command</Button>
      </div>
    </div>
  )
}
