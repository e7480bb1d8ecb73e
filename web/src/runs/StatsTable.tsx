import type { Series } from '@volley/shared/trace/runStats.ts'
import type { ReactNode } from 'react'
import { Sparkline } from './Sparkline.tsx'

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

/** A median with its line. */
export function SeriesCell({
  name,
  series,
  written,
  value = series.median === null ? null : written(series.median),
  ...look
}: {
  name: string
  series: Series
  written: (value: number) => string
  value?: string | null
  tone?: string
  fromZero?: boolean
}) {
  return (
    <td className="px-3">
      <span className="flex items-center gap-3">
        <span className="w-16 font-mono whitespace-nowrap text-text-1 tabular-nums">
          {value ?? <span className="font-sans text-text-3">unknown</span>}
        </span>
        {series.count > 1 && <Sparkline name={name} series={series} written={written} {...look} />}
      </span>
    </td>
  )
}
