import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

export interface ChipProps extends ComponentProps<'span'> {
  icon?: ReactNode
  /** A colour of its own: `data` for values that flow between tools; a status where `data-status` is set on it. */
  tone?: 'plain' | 'data' | 'status'
  mono?: boolean
}

const TONES = {
  plain: 'border-line bg-surface-2 text-text-2',
  data: 'border-transparent bg-running/15 text-running-text',
  status: 'border-status/40 bg-status/10 text-status-text',
}

/** A small fact in a frame. */
export function Chip({ icon, tone = 'plain', mono, className, children, ...rest }: ChipProps) {
  return (
    <span
      className={cx(
        'inline-flex h-[22px] max-w-full shrink-0 items-center gap-1.5 rounded-md border px-1.5 text-2xs leading-none whitespace-nowrap',
        mono && 'font-mono',
        TONES[tone],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </span>
  )
}
