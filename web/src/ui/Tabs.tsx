import { Tabs as Radix } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

/** A choice of panels. Put `TabList` with `Tab`s and one `TabPanel` for each inside. */
export function Tabs({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cx('flex min-h-0 flex-col', className)} {...rest} />
}

/** The row of tabs; `label` names it for those who listen. */
export function TabList({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <Radix.List aria-label={label} className={cx('flex shrink-0 items-center gap-1', className)}>
      {children}
    </Radix.List>
  )
}

export function Tab({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cx(
        'inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium text-text-2 transition-colors duration-100 hover:text-text-1 data-[state=active]:bg-surface-3 data-[state=active]:text-text-1',
        className,
      )}
      {...rest}
    />
  )
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cx('min-h-0 flex-1', className)} {...rest} />
}
