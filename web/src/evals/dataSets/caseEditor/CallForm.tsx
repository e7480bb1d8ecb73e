import { NEEDS, type Need } from '@volley/shared/evals/testCase.ts'
import { Trash2, X } from 'lucide-react'
import { Combobox } from '../../../ui/Combobox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { type CallDraft, NEW_PARAMETER } from './caseDraft.ts'
import { ParametersForm } from './ParametersForm.tsx'
import { callField } from './readDraft.ts'

const NEED_WORDS: Record<Need, string> = { required: 'Required', optional: 'Optional', forbidden: 'Forbidden' }

/** One expected call: its tool, whether it must be made, with which arguments, after which others and together with whom. */
export function CallForm({
  number,
  call,
  calls,
  lists,
  parameters,
  faultAt,
  onChange,
  onAfter,
  onRemove,
}: {
  number: number
  call: CallDraft
  calls: readonly CallDraft[]
  /** Ids of the lists that suggest tools and words. */
  lists: { tools: string; together: string }
  /** Names that are suggested for its parameters. */
  parameters: readonly string[]
  faultAt: (at: string) => string | undefined
  onChange: (change: Partial<CallDraft>) => void
  onAfter: (other: number) => void
  onRemove: () => void
}) {
  const isForbidden = call.need === 'forbidden'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this is in every browser.
    <div role="group" aria-label={`Call ${number}`} className="flex flex-col gap-3 rounded-lg border border-line p-3">
      <div className="grid grid-cols-[24px_1fr_0.8fr_1.2fr_auto] items-start gap-3 max-[560px]:grid-cols-2">
        <span aria-hidden className="mt-[27px] font-mono text-xs text-text-3 max-[560px]:hidden">
          {number}
        </span>
        <Field label="Tool" error={faultAt(callField(call.key, 'tool'))}>
          <TextInput
            mono
            list={lists.tools}
            value={call.tool}
            onChange={({ target }) => onChange({ tool: target.value })}
          />
        </Field>
        <Field label="Need">
          <Select
            value={call.need}
            options={NEEDS.map((need) => ({ value: need, label: NEED_WORDS[need] }))}
            onValue={(need) => onChange({ need: need as Need })}
          />
        </Field>
        <Field label="Id" hint="if others come after it" error={faultAt(callField(call.key, 'id'))}>
          <TextInput mono value={call.id} onChange={({ target }) => onChange({ id: target.value })} />
        </Field>
        <IconButton
          size="sm"
          className="mt-[26px] max-[560px]:justify-self-end"
          label={`Remove call ${number}`}
          icon={<Trash2 size={13} />}
          onClick={onRemove}
        />
      </div>
      <div className="flex flex-col gap-3 pl-9 max-[560px]:pl-0">
        <div className="grid grid-cols-3 items-start gap-3 max-[560px]:grid-cols-1">
          <Field label="Arguments">
            <Select
              value={call.parameters === null ? 'any' : 'these'}
              options={[
                { value: 'any', label: 'Any' },
                { value: 'these', label: 'As listed, no others' },
              ]}
              onValue={(value) =>
                onChange({
                  parameters: value === 'any' ? null : parameters.map((name) => ({ ...NEW_PARAMETER, name })),
                })
              }
            />
          </Field>
          {!isForbidden && (
            <>
              <After call={call} calls={calls} onAfter={onAfter} />
              <Field label="Same turn as" hint="a shared word">
                <TextInput
                  list={lists.together}
                  placeholder="any turn"
                  value={call.together}
                  onChange={({ target }) => onChange({ together: target.value })}
                />
              </Field>
            </>
          )}
        </div>
        {call.parameters !== null && (
          <ParametersForm
            of={call.key}
            parameters={call.parameters}
            suggested={parameters}
            faultAt={faultAt}
            onParameters={(changed) => onChange({ parameters: changed })}
          />
        )}
      </div>
    </div>
  )
}

/** The calls that must have ended before this one begins. */
function After({
  call,
  calls,
  onAfter,
}: {
  call: CallDraft
  calls: readonly CallDraft[]
  onAfter: (other: number) => void
}) {
  const others = calls.flatMap((other, index) =>
    other.key === call.key || other.need === 'forbidden' ? [] : [{ key: other.key, words: wordsOf(other, index) }],
  )
  const chosen = calls.flatMap((other, index) =>
    call.after.includes(other.key) ? [{ key: other.key, words: wordsOf(other, index) }] : [],
  )
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Combobox
        label="After"
        placeholder={chosen.length === 0 ? 'any time' : 'another call …'}
        options={others.map(({ words }) => words)}
        chosen={new Set(chosen.map(({ words }) => words))}
        onToggle={(words) => {
          const other = others.find((one) => one.words === words)
          if (other) onAfter(other.key)
        }}
        emptyText="There is no other call like that."
      />
      {chosen.length > 0 && (
        <ul aria-label="Comes after" className="m-0 flex list-none flex-wrap gap-1.5 p-0">
          {chosen.map(({ key, words }) => (
            <li
              key={key}
              className="flex max-w-full items-center gap-0.5 rounded-md border border-line bg-surface-2 pl-2 font-mono text-2xs"
            >
              <span className="truncate">{words}</span>
              <IconButton
                size="sm"
                label={`No longer after ${words}`}
                icon={<X size={11} />}
                onClick={() => onAfter(key)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A call as others speak of it: by its id, or by its place while it has none. */
const wordsOf = ({ id, tool }: CallDraft, index: number) =>
  id.trim() || `call ${index + 1}: ${tool.trim() || 'no tool yet'}`
