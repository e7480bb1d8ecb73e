import { roughTokens } from '../../lib/roughTokens.ts'

// Parts of the sentences of findings.

/** `640 ms`, `1.2 s`, `75 s`. */
export function seconds(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
}

/** `#3`, `#3 and #5`, `#3, #5 and #8`, `#1, #2, #3, #4 and 6 more`. */
export function numbered(calls: readonly number[]): string {
  const most = 5
  const shown = calls.slice(0, calls.length > most ? most - 1 : most).map((call) => `#${call}`)
  if (calls.length > most) return `${shown.join(', ')} and ${calls.length - shown.length} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

/** Roughly how many tokens a JSON value or a text takes. */
export function tokenCount(value: unknown): number {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return roughTokens(text.length)
}

export const uniqueSorted = (numbers: readonly number[]) => [...new Set(numbers)].sort((one, other) => one - other)
