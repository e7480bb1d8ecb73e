import type { FlowVersion } from '@volley/shared/api.ts'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { labelVersion, noteVersion, sentenceOf, unlabelVersion } from '../api/client.ts'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Field } from '../ui/Field.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { toast } from '../ui/toast.tsx'

const USUAL = ['production', 'staging']

/** Labels and note of one version: a label names one version of the flow, and moves here when it is set. */
export function VersionMarks({
  flowId,
  version: { version, labels, note },
  onChanged,
}: {
  flowId: string
  version: FlowVersion
  onChanged: () => void
}) {
  const [own, setOwn] = useState('')
  const [text, setText] = useState(note ?? '')
  const done = async (answer: ReturnType<typeof unlabelVersion>) => {
    const given = await answer
    if (!given.ok) toast.problem('This was not stored.', sentenceOf(given.error))
    onChanged()
  }
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (own.trim() === '') return
    setOwn('')
    void done(labelVersion(flowId, own.trim(), version))
  }
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface-2 p-3">
      <div className="flex flex-wrap items-end gap-2">
        {labels.map((label) => (
          <Chip key={label}>
            {label}
            <button
              type="button"
              aria-label={`Take the label ${label} away`}
              className="inline-flex size-4 items-center justify-center rounded-sm text-text-2 hover:text-text-1"
              onClick={() => void done(unlabelVersion(flowId, label))}
            >
              <X size={11} aria-hidden />
            </button>
          </Chip>
        ))}
        {USUAL.filter((label) => !labels.includes(label)).map((label) => (
          <Button key={label} size="sm" onClick={() => void done(labelVersion(flowId, label, version))}>
            Label {label}
          </Button>
        ))}
        <form className="flex items-end gap-2" onSubmit={add}>
          <Field label="Label of your own">
            <TextInput mono maxLength={64} value={own} onChange={({ target }) => setOwn(target.value)} />
          </Field>
          <Button type="submit" size="sm">
            Add
          </Button>
        </form>
      </div>
      <Field label="Note" hint="kept when you leave the field">
        <TextInput
          maxLength={1000}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onBlur={() => text.trim() !== (note ?? '') && void done(noteVersion(flowId, version, text.trim()))}
        />
      </Field>
    </div>
  )
}
