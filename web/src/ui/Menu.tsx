import { Check, ChevronRight } from 'lucide-react'
import { ContextMenu as Context, DropdownMenu as Dropdown } from 'radix-ui'
import { createContext, type ReactElement, type ReactNode, use, useRef } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './Kbd.tsx'

/** What a menu is made of: items are the same in one that opens from a button and in one that opens at the pointer. */
const Parts = createContext<typeof Dropdown | typeof Context>(Dropdown)
/** What was chosen. It is done when the menu has given the focus back, so that what takes the focus keeps it. */
const Chosen = createContext<{ current: (() => void) | null }>({ current: null })
const CONTENT = 'pop z-50 min-w-48 rounded-lg border border-line-strong bg-surface-1 p-1 shadow-float'

/** A menu that opens from its trigger, the one element given; or, with `open`, when it is told to. */
export function Menu({
  trigger,
  align = 'end',
  side = 'bottom',
  open,
  onOpenChange,
  returnFocus,
  children,
}: {
  trigger: ReactElement
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Takes the focus when the menu closes; the trigger does without it. */
  returnFocus?: () => void
  children: ReactNode
}) {
  const chosen = useRef<(() => void) | null>(null)
  return (
    <Dropdown.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={CONTENT}
          onCloseAutoFocus={(event) => {
            if (returnFocus) {
              event.preventDefault()
              returnFocus()
            }
            doChosen(chosen)
          }}
        >
          <Chosen value={chosen}>{children}</Chosen>
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  )
}

/** A menu that opens at the pointer on the right button, on a long press, and by the keyboard on what has the focus. */
export function ContextMenu({ target, menu, label }: { target: ReactElement; menu: ReactNode; label: string }) {
  const chosen = useRef<(() => void) | null>(null)
  return (
    <Context.Root>
      <Context.Trigger asChild>{target}</Context.Trigger>
      <Context.Portal>
        <Context.Content
          aria-label={label}
          collisionPadding={8}
          className={CONTENT}
          onContextMenu={(event) => event.preventDefault()}
          onCloseAutoFocus={() => doChosen(chosen)}
        >
          <Parts value={Context}>
            <Chosen value={chosen}>{menu}</Chosen>
          </Parts>
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  )
}

function doChosen(chosen: { current: (() => void) | null }) {
  const todo = chosen.current
  chosen.current = null
  if (todo) queueMicrotask(todo)
}

const ITEM =
  'flex min-h-7 select-none items-center gap-2.5 rounded-md px-2 py-1 text-sm outline-none data-[disabled]:opacity-45 data-[highlighted]:bg-surface-3'

/** One thing a menu can do. */
export function MenuItem({
  icon,
  hint,
  keys,
  danger,
  disabled,
  checked,
  onSelect,
  children,
}: {
  icon?: ReactNode
  hint?: ReactNode
  keys?: string | undefined
  danger?: boolean
  disabled?: boolean
  /** Set for a choice that is on or off. */
  checked?: boolean | undefined
  onSelect: () => void
  children: ReactNode
}) {
  const { Item, CheckboxItem } = use(Parts)
  const chosen = use(Chosen)
  const inside = (
    <>
      {icon && <span className="text-text-3">{icon}</span>}
      <span className="flex-1">{children}</span>
      {hint && <span className="text-xs text-text-3">{hint}</span>}
      {checked && <Check size={14} aria-hidden className="text-text-2" />}
      {keys && <Kbd keys={keys} />}
    </>
  )
  const common = {
    disabled: disabled ?? false,
    onSelect: () => {
      chosen.current = onSelect
    },
    className: cx(ITEM, danger ? 'text-failed-text' : 'text-text-1'),
  }
  if (checked === undefined) return <Item {...common}>{inside}</Item>
  return (
    <CheckboxItem checked={checked} {...common}>
      {inside}
    </CheckboxItem>
  )
}

/** A menu in a menu. */
export function SubMenu({ icon, title, children }: { icon?: ReactNode; title: ReactNode; children: ReactNode }) {
  const { Sub, SubTrigger, SubContent, Portal } = use(Parts)
  return (
    <Sub>
      <SubTrigger className={cx(ITEM, 'text-text-1 data-[state=open]:bg-surface-3')}>
        {icon && <span className="text-text-3">{icon}</span>}
        <span className="flex-1">{title}</span>
        <ChevronRight size={14} aria-hidden className="text-text-3" />
      </SubTrigger>
      <Portal>
        <SubContent sideOffset={4} collisionPadding={8} className={CONTENT}>
          {children}
        </SubContent>
      </Portal>
    </Sub>
  )
}

export function MenuSeparator() {
  const { Separator } = use(Parts)
  return <Separator className="my-1 h-px bg-line" />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const { Label } = use(Parts)
  return <Label className="px-2 py-1 text-2xs font-medium text-text-3">{children}</Label>
}
