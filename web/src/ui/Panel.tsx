import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

/** A named part of the page: a region that those who listen can jump to. */
export function Panel({ label, className, ...rest }: { label: string } & ComponentProps<'section'>) {
  return (
    <section aria-label={label} className={cx('flex min-h-0 min-w-0 flex-col bg-surface-1', className)} {...rest} />
  )
}

/** The line of tabs, words and buttons on top of a panel. */
export function PanelHead({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cx('flex h-10 shrink-0 items-center gap-2 border-b border-line px-3', className)}>{children}</div>
  )
}

/** The quiet headline over a group inside a panel. */
export function SectionTitle({ className, children }: { className?: string; children: ReactNode }) {
  return <h3 className={cx('text-2xs font-medium text-text-3', className)}>{children}</h3>
}
