import { Plus, X } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Checkbox } from '../../../ui/Switch.tsx'
import { TextArea, TextInput } from '../../../ui/TextInput.tsx'
import { type CheckDraft, NEW_CHECK } from './caseDraft.ts'
import { checkField } from './readDraft.ts'

const KINDS: Record<CheckDraft['kind'], { label: string; text: string; hint?: string }> = {
  contains: { label: 'contains', text: 'Text' },
  equals: { label: 'equals', text: 'Text', hint: 'spaces around the answer do not count' },
  regex: { label: 'matches', text: 'Pattern', hint: 'a regular expression without look-around and back-references' },
  json: { label: 'is JSON', text: 'JSON', hint: 'keys in any order' },
  judge: { label: 'judged by a model', text: 'Rubric', hint: 'what a good answer is like' },
}

/** The checks of the answer, each with what its kind needs. */
export function ChecksForm({
  checks,
  faultAt,
  onChecks,
}: {
  checks: readonly CheckDraft[]
  faultAt: (at: string) => string | undefined
  onChecks: (checks: CheckDraft[]) => void
}) {
  return (
    <div className="flex flex-col gap-2">
      {checks.map((check, at) => (
        <Check
          // biome-ignore lint/suspicious/noArrayIndexKey: a row stays the same row while it is typed.
          key={at}
          number={at + 1}
          check={check}
          fault={faultAt(checkField(at))}
          onChange={(change) =>
            onChecks(checks.map((other, index) => (index === at ? { ...other, ...change } : other)))
          }
          onRemove={() => onChecks(checks.filter((_, index) => index !== at))}
        />
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        icon={<Plus size={13} aria-hidden />}
        onClick={() => onChecks([...checks, NEW_CHECK])}
      >
        Add check
      </Button>
    </div>
  )
}

function Check({
  number,
  check,
  fault,
  onChange,
  onRemove,
}: {
  number: number
  check: CheckDraft
  fault: string | undefined
  onChange: (change: Partial<CheckDraft>) => void
  onRemove: () => void
}) {
  const { kind, text, ignoreCase, provider, model } = check
  const { text: label, hint } = KINDS[kind]
  const isCode = kind === 'regex' || kind === 'json'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid in every browser.
    <div
      role="group"
      aria-label={`Check ${number}`}
      className="grid grid-cols-[160px_1fr_auto] gap-x-3 gap-y-2 rounded-lg border border-line p-3 max-[560px]:grid-cols-[1fr_auto]"
    >
      <Field label="The answer">
        <Select
          value={kind}
          options={Object.entries(KINDS).map(([value, one]) => ({ value, label: one.label }))}
          onValue={(value) => onChange({ kind: value as CheckDraft['kind'] })}
        />
      </Field>
      <Field label={label} hint={hint} error={fault} className="max-[560px]:order-1 max-[560px]:col-span-2">
        <TextArea
          mono={isCode}
          spellCheck={!isCode}
          rows={1}
          className="min-h-[30px]!"
          value={text}
          onChange={({ target }) => onChange({ text: target.value })}
        />
      </Field>
      <IconButton
        size="sm"
        className="mt-[23px]"
        label={`Remove check ${number}`}
        icon={<X size={13} />}
        onClick={onRemove}
      />
      {(kind === 'contains' || kind === 'equals') && (
        <Field inline label="Ignore case" className="col-start-2 w-fit max-[560px]:order-2 max-[560px]:col-start-1">
          <Checkbox
            checked={ignoreCase}
            onCheckedChange={(isChecked) => onChange({ ignoreCase: isChecked === true })}
          />
        </Field>
      )}
      {kind === 'judge' && (
        <div className="col-start-2 grid grid-cols-2 gap-3 max-[560px]:order-2 max-[560px]:col-span-2 max-[560px]:col-start-1">
          <Field label="Provider" hint="empty: the flow’s">
            <TextInput mono value={provider} onChange={({ target }) => onChange({ provider: target.value })} />
          </Field>
          <Field label="Model" hint="empty: the flow’s">
            <TextInput mono value={model} onChange={({ target }) => onChange({ model: target.value })} />
          </Field>
        </div>
      )}
    </div>
  )
}
