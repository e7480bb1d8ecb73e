import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Checkbox } from '../../../ui/Switch.tsx'
import { CONTROL } from '../../../ui/TextInput.tsx'
import type { CallDraft, ParameterDraft } from './caseDraft.ts'
import { callField } from './readDraft.ts'
import { ValuesForm } from './ValuesForm.tsx'

/** With which arguments a call is right: any, or for each parameter the values that count. */
export function ArgumentsForm({
  call: { key, parameters },
  suggested,
  faultAt,
  onChange,
}: {
  call: CallDraft
  /** Names of the tool's parameters, as far as they are known. */
  suggested: readonly string[]
  faultAt: (at: string) => string | undefined
  onChange: (change: { parameters: ParameterDraft[] | null }) => void
}) {
  const list = useId()
  const names = new Set(parameters?.map(({ name }) => name.trim()))
  const unnamed = suggested.filter((name) => !names.has(name))
  const setOne = (at: number, change: Partial<ParameterDraft>) =>
    onChange({ parameters: (parameters ?? []).map((one, index) => (index === at ? { ...one, ...change } : one)) })
  const add = (name: string) => onChange({ parameters: [...(parameters ?? []), newParameter(name)] })
  return (
    <div className="flex flex-col gap-2">
      <Field label="Arguments" className="max-w-64">
        <Select
          value={parameters === null ? 'any' : 'these'}
          options={[
            { value: 'any', label: 'Any are right' },
            { value: 'these', label: 'These parameters and no others' },
          ]}
          onValue={(value) => onChange({ parameters: value === 'any' ? null : suggested.map(newParameter) })}
        />
      </Field>
      {parameters !== null && (
        <>
          <datalist id={list}>
            {unnamed.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          {parameters.length > 0 && (
            <div className="overflow-x-auto rounded-md border border-line">
              <table className="w-full min-w-[520px] border-collapse text-xs">
                <thead>
                  <tr className="h-7 border-b border-line text-left">
                    {['Parameter', 'Values that count', 'Any value', 'May be left out'].map((head) => (
                      <th key={head} scope="col" className="px-2 font-medium whitespace-nowrap text-text-3">
                        {head}
                      </th>
                    ))}
                    <th scope="col">
                      <span className="sr-only">Remove</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {parameters.map((one, at) => (
                    <ParameterRow
                      // biome-ignore lint/suspicious/noArrayIndexKey: a row stays the same row while its name is typed.
                      key={at}
                      parameter={one}
                      number={at + 1}
                      list={list}
                      fault={faultAt(callField(key, `parameter ${at}`))}
                      valueFault={(which) => faultAt(callField(key, `parameter ${at} value ${which}`))}
                      onChange={(change) => setOne(at, change)}
                      onRemove={() => onChange({ parameters: parameters.filter((_, index) => index !== at) })}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <Button
            variant="ghost"
            size="sm"
            className="self-start"
            icon={<Plus size={13} aria-hidden />}
            onClick={() => add(unnamed[0] ?? '')}
          >
            Add parameter
          </Button>
        </>
      )}
    </div>
  )
}

function ParameterRow({
  parameter: { name, isAny, values, mayBeLeftOut },
  number,
  list,
  fault,
  valueFault,
  onChange,
  onRemove,
}: {
  parameter: ParameterDraft
  number: number
  list: string
  fault: string | undefined
  valueFault: (which: number) => string | undefined
  onChange: (change: Partial<ParameterDraft>) => void
  onRemove: () => void
}) {
  const called = name.trim() || `parameter ${number}`
  return (
    <tr className="border-line align-top not-last:border-b">
      <td className="w-[28%] p-2">
        <input
          aria-label={`Name of parameter ${number}`}
          aria-invalid={fault ? true : undefined}
          title={fault}
          autoComplete="off"
          spellCheck={false}
          list={list}
          className={`${CONTROL} h-7 font-mono text-xs`}
          value={name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </td>
      <td className="p-2">
        {isAny ? (
          <p className="m-0 py-1 text-text-3">any value</p>
        ) : (
          <ValuesForm
            of={called}
            values={values}
            faultAt={valueFault}
            onValues={(next) => onChange({ values: next })}
          />
        )}
      </td>
      <td className="w-20 p-2 pt-3">
        <Checkbox
          aria-label={`Any value of ${called}`}
          checked={isAny}
          onCheckedChange={(isChecked) => onChange({ isAny: isChecked === true })}
        />
      </td>
      <td className="w-28 p-2 pt-3">
        <Checkbox
          aria-label={`${called} may be left out`}
          checked={mayBeLeftOut}
          onCheckedChange={(isChecked) => onChange({ mayBeLeftOut: isChecked === true })}
        />
      </td>
      <td className="w-9 py-2 pr-2">
        <IconButton size="sm" label={`Remove ${called}`} icon={<X size={13} />} onClick={onRemove} />
      </td>
    </tr>
  )
}

const newParameter = (name: string): ParameterDraft => ({ name, isAny: true, values: [], mayBeLeftOut: false })
