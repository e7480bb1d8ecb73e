import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Checkbox } from '../../../ui/Switch.tsx'
import { CONTROL } from '../../../ui/TextInput.tsx'
import { NEW_PARAMETER, type ParameterDraft } from './caseDraft.ts'
import { callField } from './readDraft.ts'
import { ValuesForm } from './ValuesForm.tsx'

/** For each parameter of a call the values that count. */
export function ParametersForm({
  of,
  parameters,
  suggested,
  faultAt,
  onParameters,
}: {
  /** The key of the call. */
  of: number
  parameters: readonly ParameterDraft[]
  /** Names of the tool's parameters, as far as they are known. */
  suggested: readonly string[]
  faultAt: (at: string) => string | undefined
  onParameters: (parameters: ParameterDraft[]) => void
}) {
  const list = useId()
  const names = new Set(parameters.map(({ name }) => name.trim()))
  const unnamed = suggested.filter((name) => !names.has(name))
  const setOne = (at: number, change: Partial<ParameterDraft>) =>
    onParameters(parameters.map((one, index) => (index === at ? { ...one, ...change } : one)))
  return (
    <div className="flex flex-col gap-1.5">
      <datalist id={list}>
        {unnamed.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {parameters.length === 0 ? (
        <p className="m-0 text-xs text-text-2">A call without arguments.</p>
      ) : (
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
                  fault={faultAt(callField(of, `parameter ${at}`))}
                  valueFault={(which) => faultAt(callField(of, `parameter ${at} value ${which}`))}
                  onChange={(change) => setOne(at, change)}
                  onRemove={() => onParameters(parameters.filter((_, index) => index !== at))}
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
        onClick={() => onParameters([...parameters, { ...NEW_PARAMETER, name: unnamed[0] ?? '' }])}
      >
        Add parameter
      </Button>
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
