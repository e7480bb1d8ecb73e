import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { useReturnFocus } from './useReturnFocus.ts'

/** A question over the page: keeps the focus inside, ends with Escape, gives the focus back. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  wide,
  footer,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** Room for a table; `very` for two things side by side. */
  wide?: boolean | 'very'
  footer?: ReactNode
  children: ReactNode
}) {
  const { remember, onCloseAutoFocus } = useReturnFocus()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fade fixed inset-0 z-40 bg-black/50" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          // The first field takes the focus, else the dialog itself: never its Close button.
          onOpenAutoFocus={(event) => {
            remember()
            event.preventDefault()
            const content = event.currentTarget as HTMLElement
            ;(content.querySelector<HTMLElement>('[data-autofocus]') ?? content).focus()
          }}
          onCloseAutoFocus={onCloseAutoFocus}
          className={cx(
            'pop fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-xl border border-line-strong bg-surface-1 shadow-float focus:outline-none',
            wide === 'very' ? 'max-w-5xl' : wide ? 'max-w-3xl' : 'max-w-lg',
          )}
        >
          <header className="flex items-start gap-3 border-b border-line py-3 pr-3 pl-4">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="text-xs text-text-2">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              {/* Without a tooltip: Escape would close that first, and the dialog only at the second press. */}
              <button
                type="button"
                aria-label="Close"
                className="inline-flex size-[30px] shrink-0 items-center justify-center rounded-md text-text-2 hover:bg-surface-3 hover:text-text-1"
              >
                <X size={15} aria-hidden />
              </button>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer && (
            <footer className="flex items-center justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
