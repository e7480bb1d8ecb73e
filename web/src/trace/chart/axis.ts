export interface Axis {
  /** Where the axis ends, in milliseconds. */
  end: number
  ticks: { at: number; label: string }[]
}

const MOST_TICKS = 10

/**
 * An axis from 0 that holds `ms`, with ticks at round numbers. While time goes on it leaves room ahead, so that it seldom has to
 * be drawn anew.
 */
export function axisFor(ms: number, isLive: boolean): Axis {
  const wanted = Math.max(ms * (isLive ? 1.3 : 1.02), 100)
  const step = roundStep(wanted / MOST_TICKS)
  const end = Math.ceil(wanted / step) * step
  const ticks = Array.from({ length: Math.round(end / step) }, (_, index) => ({
    at: index * step,
    label: index === 0 ? '0 s' : labelOf((index * step) / 1000),
  }))
  return { end, ticks }
}

/** Where a time stands on the axis, in percent. */
export const percent = (ms: number, axis: Axis): number => Math.min(100, (ms / axis.end) * 100)

/** The next of 1, 2, 2.5 and 5 times a power of ten; whole seconds become minutes' parts above a minute. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= least * 0.999) ?? 10
  const step = factor * power
  return step < 10_000 ? step : (MINUTE_PARTS.find((part) => part >= least) ?? Math.ceil(least / 600_000) * 600_000)
}

const MINUTE_PARTS = [10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000]

/** At most three places, no trailing zeros: `0.25`, `1`, `1.5`. */
function labelOf(seconds: number): string {
  if (seconds < 60) return String(Number(seconds.toFixed(3)))
  const rest = Math.round(seconds % 60)
  return `${Math.floor(seconds / 60)}:${String(rest).padStart(2, '0')}`
}
