import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What it does: its accessible name and its tooltip. */
  label: string
  icon: ReactNode
  /** What the tooltip says instead of the label. */
  tip?: string
  keys?: string | undefined
  size?: 'sm' | 'md'
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** Set for a toggle: whether it is on. */
  pressed?: boolean
}

/** A button that is only a picture, named by its label and explained by a tooltip. */
export function IconButton({
  label,
  icon,
  tip,
  keys,
  size = 'md',
  side = 'bottom',
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={tip ?? label} keys={keys} side={side}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={cx(
          'inline-flex shrink-0 items-center justify-center rounded-md border border-transparent text-text-2 transition-colors duration-100 hover:bg-surface-3 hover:text-text-1 disabled:pointer-events-none disabled:opacity-40 aria-pressed:bg-surface-3 aria-pressed:text-text-1',
          size === 'sm' ? 'size-6' : 'size-[30px]',
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
