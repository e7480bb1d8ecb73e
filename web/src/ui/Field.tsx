import { createContext, type ReactNode, use, useId } from 'react'
import { cx } from './cx.ts'

interface FieldIds {
  control: string
  hint: string | undefined
  error: string | undefined
}
const FieldContext = createContext<FieldIds | null>(null)

/** What a control inside a `Field` puts on itself, so that label, hint and error belong to it. */
export function useField(): { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const ids = use(FieldContext)
  if (!ids) return {}
  const described = [ids.hint, ids.error].filter(Boolean).join(' ')
  return {
    id: ids.control,
    ...(described ? { 'aria-describedby': described } : {}),
    ...(ids.error ? { 'aria-invalid': true } : {}),
  }
}

/**
 * A labelled control. The accessible name is the label alone; `hint` stands beside it, `error` below it, and both describe the
 * control. Put exactly one control inside.
 */
export function Field({
  label,
  hint,
  error,
  inline,
  action,
  place,
  className,
  children,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** Label and control in one line: for switches and short numbers. */
  inline?: boolean
  action?: ReactNode
  /** A name by which one can be led to it (`data-field`). */
  place?: string
  className?: string
  children: ReactNode
}) {
  const id = useId()
  const ids = { control: id, hint: hint ? `${id}-hint` : undefined, error: error ? `${id}-error` : undefined }
  const words = (
    <span className="flex min-w-0 items-baseline gap-2">
      <label htmlFor={id} className="shrink-0 text-xs font-medium text-text-2">
        {label}
      </label>
      {hint && (
        <span id={ids.hint} className={cx('min-w-0 text-xs text-text-3', inline && 'hidden')}>
          {hint}
        </span>
      )}
      {action && <span className="ml-auto">{action}</span>}
    </span>
  )
  return (
    <FieldContext value={ids}>
      <div
        data-field={place}
        className={cx(
          inline ? 'grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1' : 'flex flex-col gap-1.5',
          className,
        )}
      >
        {words}
        {children}
        {inline && hint && <span className="col-span-2 text-xs text-text-3">{hint}</span>}
        {error && (
          <span id={ids.error} className="col-span-2 flex gap-1.5 text-xs text-failed-text">
            {error}
          </span>
        )}
      </div>
    </FieldContext>
  )
}
