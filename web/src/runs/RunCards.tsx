import type { RunNumbersStats, Series } from '@volley/shared/trace/runStats.ts'
import { counted, percentage } from '../trace/format.ts'
import { Sparkline } from './Sparkline.tsx'
import { WRITTEN } from './words.ts'

/** The numbers that matter over all runs that are listed, each with how it went. */
export function RunCards({ stats }: { stats: RunNumbersStats }) {
  return (
    <ul aria-label="Numbers of these runs" className="m-0 grid list-none grid-cols-4 gap-3 p-0 max-[900px]:grid-cols-2">
      <Card name="Latency" series={stats.latencyMs} written={WRITTEN.latencyMs} />
      <Card name="Cost" series={stats.costUsd} written={WRITTEN.costUsd} />
      <Card name="Calls per turn" series={stats.callsPerTurn} written={WRITTEN.callsPerTurn} />
      <Card
        name="Failed runs"
        series={stats.failureRate}
        written={percentage}
        value={percentage(stats.runs === 0 ? 0 : stats.failed / stats.runs)}
        note={`${stats.failed} of ${counted(stats.runs, 'run')}`}
        tone={stats.failed > 0 ? 'text-failed-text' : 'text-text-3'}
        fromZero
      />
    </ul>
  )
}

function Card({
  name,
  series,
  written,
  value = series.median === null ? 'unknown' : written(series.median),
  note = series.count === 0 ? 'of no run' : `median of ${counted(series.count, 'run')}`,
  tone,
  fromZero,
}: {
  name: string
  series: Series
  written: (value: number) => string
  value?: string
  note?: string
  tone?: string
  fromZero?: boolean
}) {
  return (
    <li className="flex min-w-0 items-end gap-3 rounded-[11px] border border-line bg-surface-1 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="m-0 text-xs text-text-2">{name}</p>
        <p className="m-0 mt-0.5 truncate font-mono text-lg font-semibold tabular-nums">{value}</p>
        <p className="m-0 truncate text-2xs text-text-3">{note}</p>
      </div>
      {series.count > 1 && (
        <Sparkline
          name={name}
          series={series}
          written={written}
          {...(tone ? { tone } : {})}
          {...(fromZero ? { fromZero } : {})}
        />
      )}
    </li>
  )
}
