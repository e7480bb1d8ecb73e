import { Popover } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'

/** A small form that opens below its trigger, the one element given, and closes by itself. */
export function PopoverPanel({
  trigger,
  label,
  className,
  children,
}: {
  trigger: ReactElement
  label: string
  className?: string
  children: ReactNode
}) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className={cx(
            'pop z-50 flex flex-col gap-3 overflow-y-auto rounded-lg border border-line-strong bg-surface-1 p-3 shadow-float',
            className,
          )}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
