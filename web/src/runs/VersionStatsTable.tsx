import type { VersionStats } from '@volley/shared/trace/runStats.ts'
import { percentage } from '../trace/format.ts'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { SeriesCell } from './SeriesCell.tsx'
import { WRITTEN } from './words.ts'

/** The versions of one flow by the numbers of their runs, the newest first. */
export function VersionStatsTable({ versions }: { versions: readonly VersionStats[] }) {
  return (
    <StatsTable
      label="Numbers of each version"
      heads={['Version', 'Runs', 'Failed runs', 'Latency', 'Cost', 'Calls per turn']}
    >
      {versions.map((stats) => (
        <tr key={stats.version} className={ROW_CLASS} data-version-stats={stats.version}>
          <th scope="row" className="px-3 pl-4 text-left font-mono font-medium">
            v{stats.version}
          </th>
          <td className="px-3 font-mono tabular-nums">{stats.runs}</td>
          <SeriesCell
            name={`Failed runs of version ${stats.version}`}
            series={stats.failureRate}
            written={percentage}
            value={percentage(stats.failed / stats.runs)}
            tone={stats.failed > 0 ? 'text-failed-text' : 'text-text-3'}
            fromZero
          />
          <SeriesCell
            name={`Latency of version ${stats.version}`}
            series={stats.latencyMs}
            written={WRITTEN.latencyMs}
          />
          <SeriesCell name={`Cost of version ${stats.version}`} series={stats.costUsd} written={WRITTEN.costUsd} />
          <SeriesCell
            name={`Calls per turn of version ${stats.version}`}
            series={stats.callsPerTurn}
            written={WRITTEN.callsPerTurn}
          />
        </tr>
      ))}
    </StatsTable>
  )
}
