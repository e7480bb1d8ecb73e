import type { ComparedNumber, Comparison } from '@volley/shared/trace/compareVersions.ts'
import { ENOUGH_RUNS } from '@volley/shared/trace/compareVersions.ts'
import type { Series } from '@volley/shared/trace/runStats.ts'
import { counted, dollars, duration, percentage } from '../trace/format.ts'
import { codeWords } from '../trace/words.ts'

/** `needless_edge` gives `Needless edge`. */
export const findingWord = (code: string): string => code.charAt(0).toUpperCase() + codeWords(code.slice(1))

export const WRITTEN: Record<ComparedNumber, (value: number) => string> = {
  latencyMs: duration,
  costUsd: dollars,
  callsPerTurn: (value) => value.toFixed(1),
}

/** A series in words, for those who do not see its line. */
export function seriesWords(name: string, { points, count }: Series, written: (value: number) => string): string {
  const known = points.filter((point) => point !== null)
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return `${name}: not known of any run.`
  if (known.length === 1) return `${name}: ${written(first)}, of ${counted(count, 'run')}.`
  return `${name} over ${counted(count, 'run')}, oldest first: from ${written(first)} to ${written(last)}, between ${written(Math.min(...known))} and ${written(Math.max(...known))}.`
}

const DIRECTIONS: Record<ComparedNumber, [less: string, more: string]> = {
  latencyMs: ['faster', 'slower'],
  costUsd: ['cheaper', 'dearer'],
  callsPerTurn: ['fewer at once', 'more at once'],
}

/** What a comparison comes to, in words. */
export function verdictWords({ number, change, verdict, before, after }: Comparison): string {
  if (before === null || after === null) return 'Not known'
  if (verdict === 'few') return `Too few runs to say: ${ENOUGH_RUNS} of each are needed`
  if (verdict === 'same') return 'About the same'
  const direction = DIRECTIONS[number][after < before ? 0 : 1]
  const by = change === null ? '' : `${percentage(Math.abs(change))} `
  return verdict === 'clear' ? `${by}${direction}` : `${by}${direction}, but within the usual spread`
}
