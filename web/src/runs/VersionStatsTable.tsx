import type { VersionFigures } from '@volley/shared/evals/versionFigures.ts'
import type { VersionStats } from '@volley/shared/trace/runStats.ts'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { evalFigures } from '../trace/evalNumbers.ts'
import { percentage } from '../trace/format.ts'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { SeriesCell } from './SeriesCell.tsx'
import { WRITTEN } from './words.ts'

/** The versions of one flow by the numbers of their runs, the newest first, and what the newest eval of each came to. */
export function VersionStatsTable({
  versions,
  evals,
}: {
  versions: readonly VersionStats[]
  evals: readonly VersionFigures[]
}) {
  return (
    <StatsTable
      label="Numbers of each version"
      heads={[
        'Version',
        'Runs',
        'Failed runs',
        'Latency',
        'Cost',
        'Calls per turn',
        ...(evals.length > 0 ? ['Newest eval'] : []),
      ]}
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
          {evals.length > 0 && <EvalCell figures={evals.find(({ version }) => version === stats.version)} />}
        </tr>
      ))}
    </StatsTable>
  )
}

function EvalCell({ figures }: { figures: VersionFigures | undefined }) {
  if (!figures) return <td className="px-3 text-text-3">none yet</td>
  const { eval: of, dataSet, summary } = figures
  return (
    <td className="px-3 whitespace-nowrap">
      <Link
        href={paths.eval(of.id)}
        title={`${of.name}, on ${dataSet.name}`}
        className="font-mono text-text-1 tabular-nums underline underline-offset-2"
      >
        {evalFigures(summary)}
      </Link>
      <span className="block max-w-44 truncate text-2xs text-text-3">{dataSet.name}</span>
    </td>
  )
}
