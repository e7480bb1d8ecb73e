import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './Kbd.tsx'

/** A menu that opens from its trigger, the one element given; or, with `open`, when it is told to. */
export function Menu({
  trigger,
  align = 'end',
  open,
  onOpenChange,
  returnFocus,
  children,
}: {
  trigger: ReactElement
  align?: 'start' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Takes the focus when the menu closes; the trigger does without it. */
  returnFocus?: () => void
  children: ReactNode
}) {
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            if (!returnFocus) return
            event.preventDefault()
            returnFocus()
          }}
          className="pop z-50 min-w-48 rounded-lg border border-line-strong bg-surface-1 p-1 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** One thing a menu can do. */
export function MenuItem({
  icon,
  hint,
  keys,
  danger,
  disabled,
  onSelect,
  children,
}: {
  icon?: ReactNode
  hint?: ReactNode
  keys?: string | undefined
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}) {
  return (
    <Radix.Item
      disabled={disabled ?? false}
      onSelect={onSelect}
      className={cx(
        'flex min-h-7 select-none items-center gap-2.5 rounded-md px-2 py-1 text-sm outline-none data-[disabled]:opacity-45 data-[highlighted]:bg-surface-3',
        danger ? 'text-failed-text' : 'text-text-1',
      )}
    >
      {icon && <span className="text-text-3">{icon}</span>}
      <span className="flex-1">{children}</span>
      {hint && <span className="text-xs text-text-3">{hint}</span>}
      {keys && <Kbd keys={keys} />}
    </Radix.Item>
  )
}

export const MenuSeparator = () => <Radix.Separator className="my-1 h-px bg-line" />
export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 py-1 text-2xs font-medium text-text-3">{children}</Radix.Label>
)
