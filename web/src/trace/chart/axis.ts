/** A stretch of a run's time as it is drawn, in milliseconds since the run began. */
export interface Axis {
  start: number
  end: number
  ticks: { at: number; label: string }[]
}

const MOST_TICKS = 10
const TICK_PX = 52

/** How many ticks have room on so many pixels; as many as ever before it was measured. */
export const ticksFor = (px: number): number =>
  px <= 0 ? MOST_TICKS : Math.max(2, Math.min(MOST_TICKS, Math.floor(px / TICK_PX)))

/**
 * An axis from 0 that holds `ms`, with ticks at round numbers. While time goes on it leaves room ahead, so that it seldom has to
 * be drawn anew.
 */
export function axisFor(ms: number, isLive: boolean, most = MOST_TICKS): Axis {
  const wanted = Math.max(ms * (isLive ? 1.3 : 1.02), 100)
  const step = roundStep(wanted / most)
  return axisBetween(0, Math.ceil(wanted / step) * step, most)
}

/** An axis of a part of the time, with ticks at round numbers; the last one stays clear of the end. */
export function axisBetween(start: number, end: number, most = MOST_TICKS): Axis {
  const step = roundStep((end - start) / most)
  const first = Math.ceil(start / step - 0.001)
  const ticks: Axis['ticks'] = []
  for (let nth = first; nth * step < end - step * 0.001; nth++)
    ticks.push({ at: nth * step, label: nth === 0 ? '0 s' : labelOf((nth * step) / 1000) })
  return { start, end, ticks }
}

/** Where a time stands on the axis, in percent; at most 100. What lies before the axis is less than 0. */
export const percent = (ms: number, { start, end }: Axis): number => Math.min(100, ((ms - start) / (end - start)) * 100)

/** The part of a stretch of time that lies on the axis, in percent; null where none does. One without length has its place, too. */
export function placeOn(axis: Axis, from: number, to: number): { left: number; width: number } | null {
  if (to < axis.start || from > axis.end) return null
  const left = Math.max(0, percent(from, axis))
  return { left, width: percent(to, axis) - left }
}

/** The next of 1, 2, 2.5 and 5 times a power of ten; whole seconds become minutes' parts above a minute. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= least * 0.999) ?? 10
  const step = factor * power
  return step < 10_000 ? step : (MINUTE_PARTS.find((part) => part >= least) ?? Math.ceil(least / 600_000) * 600_000)
}

const MINUTE_PARTS = [10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000]

/** At most four places, no trailing zeros: `0.25`, `1`, `1.5`. */
function labelOf(seconds: number): string {
  if (seconds < 60) return String(Number(seconds.toFixed(4)))
  const rest = Number((seconds % 60).toFixed(3))
  return `${Math.floor(seconds / 60)}:${rest < 10 ? '0' : ''}${rest}`
}
