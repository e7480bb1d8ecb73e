import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

const TONES = {
  news: { role: 'status', line: 'border-running/40 bg-running/10', icon: 'text-running-text' },
  warning: { role: 'alert', line: 'border-waiting/40 bg-waiting/10', icon: 'text-waiting-text' },
} as const

/** A line across the page about what is shown under it, with the ways out of it. */
export function Banner({
  tone,
  icon: Icon,
  more,
  actions,
  children,
}: {
  tone: keyof typeof TONES
  icon: LucideIcon
  /** What follows the first sentence, said more quietly. */
  more: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  const { role, line, icon } = TONES[tone]
  return (
    <div role={role} className={cx('flex shrink-0 flex-wrap items-center gap-3 border-b px-4 py-1.5 text-sm', line)}>
      <Icon size={15} aria-hidden className={cx('shrink-0', icon)} />
      <span className="min-w-0 flex-1">
        {children} <span className="text-text-2">{more}</span>
      </span>
      {actions}
    </div>
  )
}
