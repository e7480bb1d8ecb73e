import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { useField } from './Field.tsx'
import { CONTROL } from './TextInput.tsx'

export interface Option {
  value: string
  label?: string
  disabled?: boolean
}

/** One of a few, in the system's own list. */
export function Select({
  options,
  onValue,
  className,
  ...rest
}: Omit<ComponentProps<'select'>, 'onChange' | 'children'> & {
  options: readonly (Option | string)[]
  onValue: (value: string) => void
}) {
  return (
    <span className={cx('relative inline-flex w-full', className)}>
      <select
        {...useField()}
        className={cx(CONTROL, 'h-[30px] appearance-none pr-7')}
        onChange={(event) => onValue(event.target.value)}
        {...rest}
      >
        {options.map((option) => {
          const { value, label = value, disabled }: Option = typeof option === 'string' ? { value: option } : option
          return (
            <option key={value} value={value} disabled={disabled}>
              {label}
            </option>
          )
        })}
      </select>
      <ChevronDown size={13} aria-hidden className="pointer-events-none absolute top-2 right-2 text-text-3" />
    </span>
  )
}
