import type { ToolStats } from '@volley/shared/trace/runStats.ts'
import { percentage } from '../trace/format.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { SeriesCell } from './SeriesCell.tsx'
import { WRITTEN } from './words.ts'

/** How often each tool was called, how often that failed, and how long it took. */
export function ToolStatsTable({ tools, onChoose }: { tools: readonly ToolStats[]; onChoose: (tool: string) => void }) {
  if (tools.length === 0)
    return (
      <EmptyState className="py-12" title="No tool was called">
        None of these runs called a tool, or they have not ended yet.
      </EmptyState>
    )
  return (
    <StatsTable label="Numbers of each tool" heads={['Tool', 'Calls', 'Failed', 'Failure rate', 'Time of a call']}>
      {tools.map(({ tool, calls, failed, failureRate, latencyMs }) => (
        <tr key={tool} className={ROW_CLASS} data-tool-stats={tool}>
          <td className="px-3 pl-4">
            <button
              type="button"
              title={`Only runs that called ${tool}`}
              className="max-w-72 truncate rounded-sm font-mono text-text-1 hover:underline"
              onClick={() => onChoose(tool)}
            >
              {tool}
            </button>
          </td>
          <td className="px-3 font-mono tabular-nums">{calls}</td>
          <td className={`px-3 font-mono tabular-nums ${failed > 0 ? 'text-failed-text' : 'text-text-2'}`}>{failed}</td>
          <SeriesCell
            name={`Failure rate of ${tool}`}
            series={failureRate}
            written={percentage}
            value={percentage(failed / calls)}
            tone={failed > 0 ? 'text-failed-text' : 'text-text-3'}
            fromZero
          />
          <SeriesCell name={`Time of a call of ${tool}`} series={latencyMs} written={WRITTEN.latencyMs} />
        </tr>
      ))}
    </StatsTable>
  )
}
