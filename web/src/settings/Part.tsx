import type { ReactNode } from 'react'

/** One part of the settings: a headline that its address can name, a note, what can be done, and the thing itself. */
export function Part({
  id,
  title,
  note,
  action,
  children,
}: {
  id: string
  title: string
  note?: ReactNode
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section id={id} aria-label={title} className="scroll-mt-8">
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h2 className="m-0 text-lg font-semibold">{title}</h2>
          {note && <p className="m-0 mt-0.5 max-w-[64ch] text-xs leading-relaxed text-text-2">{note}</p>}
        </div>
        {action}
      </div>
      <div className="mt-3">{children}</div>
    </section>
  )
}

/** A name, a path or a value inside a sentence. */
export const Code = ({ children }: { children: ReactNode }) => (
  <code className="font-mono text-[0.92em] text-text-1">{children}</code>
)

/** The frame around a list of things. */
export const LIST = 'm-0 list-none overflow-hidden rounded-xl border border-line bg-surface-1 p-0'
/** One thing in such a list. */
export const ROW = 'flex items-start gap-3 border-line px-4 py-3 not-last:border-b'
