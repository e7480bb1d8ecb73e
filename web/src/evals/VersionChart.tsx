import type { Metric } from '@volley/shared/evals/metrics.ts'
import type { VersionFigures } from '@volley/shared/evals/versionFigures.ts'
import { intervalText, metricText } from '../trace/format.ts'
import { PLOT, plotVersions, plotWords } from './versionPlot.ts'

/** A number over the versions of a flow, with its 95 % intervals. Its name tells all of it in words. */
export function VersionChart({ figures, metric }: { figures: readonly VersionFigures[]; metric: Metric }) {
  const plot = plotVersions(figures, metric)
  const { width, points, ticks } = plot
  const right = width - PLOT.right
  return (
    <svg
      role="img"
      aria-label={plotWords(plot, metric)}
      width={width}
      height={PLOT.height}
      viewBox={`0 0 ${width} ${PLOT.height}`}
      className="block font-mono text-[11px]"
    >
      {ticks.map(({ y, text }) => (
        <g key={text} className="text-line">
          <line x1={PLOT.left} x2={right} y1={y} y2={y} stroke="currentColor" />
          <text x={PLOT.left - 8} y={y + 4} textAnchor="end" className="fill-text-3">
            {text}
          </text>
        </g>
      ))}
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        className="stroke-line-strong"
        strokeWidth="1.5"
      />
      {points.map(({ version, estimate, x, y, low, high }) => (
        <g key={version} data-version-point={version} className="stroke-running">
          <title>{`v${version}: ${metricText(metric, estimate.mean)}, ${intervalText(metric, estimate)}`}</title>
          <path d={`M${x},${low}V${high}M${x - 5},${low}h10M${x - 5},${high}h10`} strokeWidth="1.5" />
          <circle cx={x} cy={y} r="4" className="fill-running stroke-surface-1" strokeWidth="1.5" />
          <text x={x + 9} y={y + 4} stroke="none" className="fill-text-1">
            {metricText(metric, estimate.mean)}
          </text>
          <text x={x} y={PLOT.height - 8} textAnchor="middle" stroke="none" className="fill-text-2">
            v{version}
          </text>
        </g>
      ))}
    </svg>
  )
}
