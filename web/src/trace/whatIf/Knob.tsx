import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'

/** A number to turn: a slider over the usual range, and a field that takes any. Empty is as it was. */
export function Knob({
  label,
  value,
  was,
  usual = String(was),
  min,
  max,
  most,
  step = 1,
  unit,
  onValue,
}: {
  label: string
  /** The number tried; undefined while it is as it was. */
  value: number | undefined
  was: number
  /** What the field shows in place of the number that was. */
  usual?: string
  min: number
  /** The end of the slider, and the most that can be typed. */
  max: number
  most: number
  step?: number
  unit?: string
  onValue(value: number | undefined): void
}) {
  return (
    <Field label={label} inline>
      <span className="flex w-[228px] items-center gap-2">
        <input
          type="range"
          aria-label={`${label}, slider`}
          className="h-4 min-w-0 flex-1 accent-running"
          min={min}
          max={max}
          step={step}
          value={Math.min(max, value ?? was)}
          onChange={({ target }) => onValue(Number(target.value))}
        />
        <NumberInput value={value} usual={usual} min={min} max={most} {...(unit ? { unit } : {})} onValue={onValue} />
      </span>
    </Field>
  )
}
