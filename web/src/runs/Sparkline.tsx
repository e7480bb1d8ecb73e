import type { Series } from '@volley/shared/trace/runStats.ts'
import { seriesWords } from './words.ts'

const WIDTH = 96
const HEIGHT = 26
const EDGE = 2

/** A number over runs as a small line; the words for it are its name. Broken where a run does not have the number. */
export function Sparkline({
  name,
  series,
  written,
  tone = 'text-text-2',
  fromZero = false,
}: {
  name: string
  series: Series
  written: (value: number) => string
  tone?: string
  /** For shares: the bottom is 0, the top 1. */
  fromZero?: boolean
}) {
  const words = seriesWords(name, series, written)
  const places = placesOf(series.points, fromZero)
  return (
    <svg
      role="img"
      aria-label={words}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={`shrink-0 overflow-visible ${tone}`}
    >
      <title>{words}</title>
      <path d={pathOf(places)} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      {places.length > 0 && <circle {...lastOf(places)} r="2" fill="currentColor" />}
    </svg>
  )
}

type Place = { cx: number; cy: number } | null

function placesOf(points: readonly (number | null)[], fromZero: boolean): Place[] {
  const known = points.filter((point) => point !== null)
  if (known.length === 0) return []
  const low = fromZero ? 0 : Math.min(...known)
  const high = fromZero ? 1 : Math.max(...known)
  return points.map((point, index) => {
    if (point === null) return null
    const cx = points.length === 1 ? WIDTH / 2 : EDGE + (index * (WIDTH - 2 * EDGE)) / (points.length - 1)
    const share = high === low ? 0.5 : (point - low) / (high - low)
    return { cx, cy: HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE) }
  })
}

function pathOf(places: readonly Place[]): string {
  return places
    .map((place, index) =>
      place ? `${places[index - 1] ? 'L' : 'M'}${place.cx.toFixed(1)} ${place.cy.toFixed(1)}` : '',
    )
    .join('')
}

const lastOf = (places: readonly Place[]) => places.findLast((place) => place !== null) ?? { cx: 0, cy: 0 }
