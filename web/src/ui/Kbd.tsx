import { cx } from './cx.ts'

/** A key as it is written on the keyboard. Never part of a control's name: it is hidden from those who listen. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-line-strong px-1 font-mono text-[10.5px] leading-none text-text-2',
        className,
      )}
    >
      {keys}
    </span>
  )
}
