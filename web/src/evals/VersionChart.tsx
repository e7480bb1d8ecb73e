import type { Metric } from '@volley/shared/evals/metrics.ts'
import type { VersionFigures } from '@volley/shared/evals/versionFigures.ts'
import { intervalText, metricText } from '../trace/evalNumbers.ts'
import { PLOT, plotVersions, plotWords } from './versionPlot.ts'

/** A number over the versions of a flow, with its 95 % intervals. Its name tells all of it in words. */
export function VersionChart({ figures, metric }: { figures: readonly VersionFigures[]; metric: Metric }) {
  const plot = plotVersions(figures, metric)
  const { points, ticks } = plot
  const { height, step } = PLOT
  return (
    <div
      className="flex font-mono text-2xs"
      style={{ minWidth: 52 + points.length * step.least, maxWidth: 52 + points.length * step.most }}
    >
      <svg aria-hidden width={52} height={height} className="shrink-0">
        {ticks.map(({ y, text }) => (
          <text key={text} x={44} y={y + 4} textAnchor="end" className="fill-text-3">
            {text}
          </text>
        ))}
      </svg>
      <svg role="img" aria-label={plotWords(plot, metric)} width="100%" height={height} className="overflow-visible">
        {ticks.map(({ y, text }) => (
          <line key={text} x1="0" x2="100%" y1={y} y2={y} className="stroke-line" />
        ))}
        {points.slice(1).map(({ version, x, y }, at) => (
          <line
            key={version}
            x1={`${points[at]?.x}%`}
            y1={points[at]?.y}
            x2={`${x}%`}
            y2={y}
            className="stroke-line-strong"
            strokeWidth="1.5"
          />
        ))}
        {points.map(({ version, estimate, x, y, low, high }) => (
          // A frame of its own at its place: what is in it is told in pixels.
          <svg key={version} x={`${x}%`} overflow="visible" data-version-point={version} className="stroke-running">
            <title>{`v${version}: ${metricText(metric, estimate.mean)}, ${intervalText(metric, estimate)}`}</title>
            <path d={`M0,${low}V${high}M-5,${low}h10M-5,${high}h10`} strokeWidth="1.5" />
            <circle cy={y} r="4" className="fill-running stroke-surface-1" strokeWidth="1.5" />
            <text x={10} y={y - 4} stroke="none" className="fill-text-1">
              {metricText(metric, estimate.mean)}
            </text>
            <text y={height - 8} textAnchor="middle" stroke="none" className="fill-text-2">
              v{version}
            </text>
          </svg>
        ))}
      </svg>
    </div>
  )
}
