import { Check } from 'lucide-react'
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { useField } from './Field.tsx'

/** On or off, at once. */
export function Switch({ className, ...rest }: ComponentProps<typeof RadixSwitch.Root>) {
  return (
    <RadixSwitch.Root
      {...useField()}
      className={cx(
        'relative h-[18px] w-8 shrink-0 rounded-full border border-line-strong bg-surface-3 transition-colors duration-100 data-[state=checked]:border-transparent data-[state=checked]:bg-running',
        className,
      )}
      {...rest}
    >
      <RadixSwitch.Thumb className="block size-3 translate-x-[2px] rounded-full bg-text-2 transition-transform duration-100 data-[state=checked]:translate-x-[16px] data-[state=checked]:bg-surface-1" />
    </RadixSwitch.Root>
  )
}

/** A tick in a box. */
export function Checkbox({ className, ...rest }: ComponentProps<typeof RadixCheckbox.Root>) {
  return (
    <RadixCheckbox.Root
      {...useField()}
      className={cx(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface-2 text-surface-1 data-[state=checked]:border-transparent data-[state=checked]:bg-running',
        className,
      )}
      {...rest}
    >
      <RadixCheckbox.Indicator>
        <Check size={12} strokeWidth={3} aria-hidden />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  )
}
