import { type ReactNode, useId } from 'react'
import { type Option, Select } from './Select.tsx'

/** One of a few by which a list is chosen, or any. */
export function Filter({
  name,
  any,
  value,
  onValue,
  written = (value) => value,
  children = [],
}: {
  name: string
  /** What stands for no choice. */
  any: string
  value: string | undefined
  onValue: (value: string | undefined) => void
  /** A value that is none of the options. */
  written?: (value: string) => string
  children: readonly Option[] | undefined
}) {
  // A value of the address that nothing has stays to be seen, so that one knows why nothing is listed.
  const isKnown = value === undefined || children.some((option) => option.value === value)
  return (
    <Labelled name={name}>
      {(id) => (
        <Select
          id={id}
          className="w-auto max-w-52 min-w-32"
          options={[{ value: '', label: any }, ...children, ...(isKnown ? [] : [{ value, label: written(value) }])]}
          value={value ?? ''}
          onValue={(chosen) => onValue(chosen === '' ? undefined : chosen)}
        />
      )}
    </Labelled>
  )
}

/** A small name over a control. */
export function Labelled({ name, children }: { name: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-2xs text-text-3">
        {name}
      </label>
      {children(id)}
    </div>
  )
}
