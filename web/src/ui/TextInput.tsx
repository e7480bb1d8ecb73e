import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { useField } from './Field.tsx'

export const CONTROL =
  'w-full rounded-md border border-line bg-surface-2 px-2 text-sm text-text-1 placeholder:text-text-3 hover:border-line-strong focus:border-focus focus:outline-none focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-focus/40 aria-invalid:border-failed disabled:opacity-50'

/** One line of text. */
export function TextInput({ mono, className, ...rest }: ComponentProps<'input'> & { mono?: boolean }) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      {...useField()}
      className={cx(CONTROL, 'h-[30px]', mono && 'font-mono text-xs', className)}
      {...rest}
    />
  )
}

/** Text of several lines, as tall as its words. */
export function TextArea({ mono, className, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) {
  return (
    <textarea
      {...useField()}
      className={cx(
        CONTROL,
        'field-sizing-content max-h-72 min-h-[52px] resize-none py-1.5 leading-[1.45]',
        mono && 'font-mono text-xs',
        className,
      )}
      {...rest}
    />
  )
}
