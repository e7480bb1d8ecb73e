import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** What stands where nothing is yet: says what will be here and offers the first step. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  className?: string
}) {
  return (
    <div className={cx('m-auto flex max-w-sm flex-col items-center gap-2 p-6 text-center', className)}>
      {icon && <div className="text-text-3">{icon}</div>}
      <p className="text-sm font-semibold text-text-1">{title}</p>
      {children && <div className="text-xs leading-relaxed text-balance text-text-2">{children}</div>}
      {action && <div className="mt-2 flex gap-2">{action}</div>}
    </div>
  )
}
