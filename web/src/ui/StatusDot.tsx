import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

/** A state as a small mark: each state has a shape and a colour (`status.css`). Without a `label` it is decoration beside words. */
export function StatusDot({
  status,
  label,
  className,
  ...rest
}: { status: string; label?: string } & Omit<ComponentProps<'span'>, 'children'>) {
  return (
    <span
      data-status={status}
      className={cx('status-dot', className)}
      {...(label ? { role: 'img', 'aria-label': label, title: label } : { 'aria-hidden': true })}
      {...rest}
    />
  )
}

/** A state's name as people read it: `awaiting_approval` gives "awaiting approval". */
export const statusWord = (status: string) => status.replaceAll('_', ' ')
