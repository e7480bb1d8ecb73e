import type { Series } from '@volley/shared/trace/runStats.ts'
import { Sparkline } from './Sparkline.tsx'

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
