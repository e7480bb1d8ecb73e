import { useState } from 'react'
import { useField } from './Field.tsx'
import { CONTROL } from './TextInput.tsx'

/** A whole or broken number within limits. Empty means "as usual", which the placeholder tells; what is no number is not taken over. */
export function NumberInput({
  value,
  usual,
  min = 0,
  max = Number.MAX_SAFE_INTEGER,
  step = 1,
  unit,
  onValue,
  onBlur,
}: {
  value: number | undefined
  usual: string
  min?: number
  max?: number
  step?: number
  unit?: string
  onValue: (value: number | undefined) => void
  onBlur?: () => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <span className="relative inline-flex w-32">
      <input
        {...useField()}
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step}
        placeholder={usual}
        value={typed ?? value ?? ''}
        onChange={({ target }) => {
          setTyped(target.value)
          const number = target.value === '' ? undefined : Number(target.value)
          if (number === undefined) return onValue(undefined)
          const isWhole = step % 1 !== 0 || Number.isInteger(number)
          if (Number.isFinite(number) && number >= min && number <= max && isWhole) onValue(number)
        }}
        onBlur={() => {
          setTyped(null)
          onBlur?.()
        }}
        className={`${CONTROL} h-7 [appearance:textfield] text-right font-mono text-xs invalid:border-failed [&::-webkit-inner-spin-button]:hidden ${unit ? 'pr-8' : ''}`}
      />
      {unit && (
        <span className="pointer-events-none absolute top-[6px] right-2 font-mono text-2xs text-text-3">{unit}</span>
      )}
    </span>
  )
}
