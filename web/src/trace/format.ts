export { counted } from '@volley/shared/lib/words.ts'

// How numbers of a run are written, the same everywhere.

/** `1.42 s`, for the numbers that stand alone. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** A duration as short as it stays exact enough: `12 ms`, `0.71 s`, `1 min 12 s`. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`
  if (ms < 60_000) return seconds(ms)
  const whole = Math.round(ms / 1000)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** `4.3×` */
export const times = (factor: number): string => `${factor.toFixed(1)}×`

/** `93 %` */
export function percentage(part: number): string {
  const hundredths = part * 100
  return `${hundredths > 0 && hundredths < 1 ? hundredths.toFixed(1) : Math.round(hundredths)} %`
}

/** `1,204` */
export const count = (number: number): string => number.toLocaleString('en')

/** Dollars with as many places as a small amount needs: `$0.0042`, `$1.20`. */
export function dollars(usd: number): string {
  if (usd === 0) return '$0'
  return `$${usd >= 1 ? usd.toFixed(2) : usd >= 0.0001 ? usd.toFixed(4) : usd.toPrecision(1)}`
}

/** `#1, #2 and 3 more` */
export function numbered(calls: readonly number[], most = 4): string {
  const named = calls.slice(0, most).map((call) => `#${call}`)
  const more = calls.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}

/** A moment as people say it: `just now`, `5 min ago`, `3 h ago`, else the date. */
export function ago(iso: string, now: number): string {
  const ms = now - Date.parse(iso)
  if (ms < 60_000) return 'just now'
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ago`
  if (ms < 86_400_000) return `${Math.floor(ms / 3_600_000)} h ago`
  return new Date(iso).toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric' })
}

/** A value on one line, for a cell: compact JSON, texts without their quotes. */
export function oneLine(value: unknown, most = 160): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  const line = text.slice(0, most * 4).replace(/\s+/g, ' ')
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}

/** `734 B`, `12.4 KB`, `512 KB`, `3.1 MB` */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilobytes = bytes / 1024
  if (kilobytes < 1024) return `${kilobytes.toFixed(kilobytes < 100 ? 1 : 0)} KB`
  return `${(kilobytes / 1024).toFixed(1)} MB`
}
