import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { useReturnFocus } from './useReturnFocus.ts'

/** A panel that comes in from a side, of a narrow screen or, `wide`, of any. Escape and a tap beside it send it away. */
export function Sheet({
  side,
  title,
  open,
  onOpenChange,
  wide = false,
  children,
}: {
  side: 'left' | 'right'
  title: string
  open: boolean
  onOpenChange: (open: boolean) => void
  wide?: boolean
  children: ReactNode
}) {
  const { remember, onCloseAutoFocus } = useReturnFocus()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fade fixed inset-0 z-40 bg-black/50" />
        <Radix.Content
          aria-describedby={undefined}
          // The sheet itself takes the focus, not its first button: the tooltip of that would take the first Escape.
          onOpenAutoFocus={(event) => {
            remember()
            event.preventDefault()
            ;(event.currentTarget as HTMLElement).focus()
          }}
          onCloseAutoFocus={onCloseAutoFocus}
          className={cx(
            'pop fixed inset-y-0 z-50 border-line bg-surface-1 shadow-float focus:outline-none',
            wide ? 'w-[min(820px,100vw)]' : 'w-[min(340px,88vw)]',
            side === 'left' ? 'left-0 border-r' : 'right-0 border-l',
          )}
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
