import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

export type ButtonVariant = 'primary' | 'outline' | 'ghost' | 'danger'
export type ButtonSize = 'sm' | 'md'

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
}

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent-fill font-semibold text-on-accent hover:brightness-108 active:brightness-95',
  outline: 'border-line-strong bg-surface-2 text-text-1 hover:bg-surface-3',
  ghost: 'border-transparent bg-transparent text-text-2 hover:bg-surface-3 hover:text-text-1',
  danger: 'border-line-strong bg-surface-2 text-failed-text hover:border-failed hover:bg-surface-3',
}
const SIZES: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 rounded-md px-2 text-xs',
  md: 'h-[30px] gap-2 rounded-lg px-3 text-sm',
}

/** A button with words. `primary` is the one loud thing on a screen. */
export function Button({ variant = 'outline', size = 'md', icon, className, children, type, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={cx(
        'inline-flex shrink-0 select-none items-center justify-center border font-medium whitespace-nowrap transition-[background-color,color,filter] duration-100 disabled:pointer-events-none disabled:opacity-45',
        VARIANTS[variant],
        SIZES[size],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  )
}
