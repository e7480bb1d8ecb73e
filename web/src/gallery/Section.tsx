import type { ReactNode } from 'react'

/** One place's components, under an anchor of its own. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} data-gallery={id} aria-label={title} className="flex scroll-mt-4 flex-col gap-3 bg-bg p-4">
      <h2 className="m-0 text-lg font-semibold">{title}</h2>
      <div className="flex flex-wrap items-start gap-4">{children}</div>
    </section>
  )
}

/** A component in one state, with that state's name. It is for looking: neither pointer nor keyboard reaches into it. */
export function Specimen({
  name,
  width,
  height,
  children,
}: {
  name: string
  width?: number
  height?: number
  children: ReactNode
}) {
  return (
    <figure className="m-0 flex min-w-0 flex-col gap-1.5" style={width ? { width } : undefined}>
      <figcaption className="text-2xs text-text-3">{name}</figcaption>
      <div
        inert
        className="relative overflow-hidden rounded-lg border border-line bg-surface-1"
        style={height ? { height } : { padding: 12 }}
      >
        {children}
      </div>
    </figure>
  )
}
