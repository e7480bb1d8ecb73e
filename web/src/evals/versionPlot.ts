import type { Metric } from '@volley/shared/evals/metrics.ts'
import type { Estimate } from '@volley/shared/evals/statistics.ts'
import type { VersionFigures } from '@volley/shared/evals/versionFigures.ts'
import { intervalText, metricText } from '../trace/evalNumbers.ts'

export const PLOT = { height: 190, top: 16, bottom: 28, step: { least: 72, most: 170 } } as const

export interface PlotPoint {
  version: number
  estimate: Estimate
  /** From the left, in percent of the width. */
  x: number
  /** From the top, in pixels. */
  y: number
  low: number
  high: number
}

export interface Plot {
  points: PlotPoint[]
  ticks: { y: number; text: string }[]
}

/** Where the versions stand: x in even steps, oldest first, y by the metric; those without the number are left out. */
export function plotVersions(figures: readonly VersionFigures[], metric: Metric): Plot {
  const known = figures.flatMap(({ version, summary }) => {
    const estimate = summary.metrics[metric.name]
    return estimate ? [{ version, estimate }] : []
  })
  const most = metric.unit === 'share' ? 1 : roundedUp(Math.max(...known.map(({ estimate }) => estimate.high), 0))
  const { height, top, bottom } = PLOT
  const yOf = (value: number) => top + (1 - value / most) * (height - top - bottom)
  return {
    points: known.map(({ version, estimate }, at) => ({
      version,
      estimate,
      x: ((at + 0.5) / known.length) * 100,
      y: yOf(estimate.mean),
      low: yOf(estimate.low),
      high: yOf(estimate.high),
    })),
    ticks: [0, most / 2, most].map((value) => ({ y: yOf(value), text: metricText(metric, value) })),
  }
}

/** The chart in words, for those who do not see it. */
export function plotWords({ points }: Plot, metric: Metric): string {
  if (points.length === 0) return `${metric.label}: no version has this number.`
  const told = points.map(
    ({ version, estimate }) =>
      `version ${version} ${metricText(metric, estimate.mean)}, ${intervalText(metric, estimate)}`,
  )
  return `${metric.label} by version, with 95 percent intervals: ${told.join('; ')}.`
}

/** The next of 1, 2, 5, 10, 20, … that is not smaller. */
function roundedUp(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((one) => one * power >= value) ?? 10) * power
}
