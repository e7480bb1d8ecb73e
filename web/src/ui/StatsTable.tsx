import type { ReactNode } from 'react'

/** The frame of a table of numbers. The first column is as wide as it can be. */
export function StatsTable({
  label,
  heads,
  children,
}: {
  label: string
  heads: readonly string[]
  children: ReactNode
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      className="overflow-x-auto rounded-[11px] border border-line bg-surface-1"
    >
      <table className="w-full min-w-[760px] border-collapse text-xs">
        <thead>
          <tr className="h-9 border-b border-line text-left">
            {heads.map((head) => (
              <th key={head} scope="col" className="px-3 font-medium text-text-3 first:pl-4">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

export const ROW_CLASS = 'h-11 border-line not-last:border-b'
