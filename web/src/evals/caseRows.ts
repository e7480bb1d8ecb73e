import type { EvalResult } from '@volley/shared/evals/api.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { whyNot } from '@volley/shared/evals/whyNot.ts'
import { mean } from '@volley/shared/lib/numbers.ts'

/** A case under one variant, over its repeats. */
export interface CaseCell {
  runs: number
  passed: number
  /** Mean F1 of the calls; null where the case does not look at calls. */
  f1: number | null
  /** What the first run that did not pass lacks. */
  why: string | null
}

export interface CaseRow {
  item: TestCase
  /** By variant; null where it was not run yet. */
  cells: (CaseCell | null)[]
}

export const ROW_SHOWN = ['all', 'failed', 'differs'] as const
export type RowsShown = (typeof ROW_SHOWN)[number]
export const ROW_ORDERS = ['worse', 'failed', 'given', 'id'] as const
export type RowOrder = (typeof ROW_ORDERS)[number]

/** A row for each case, in the order of the data set. */
export function caseRows(items: readonly TestCase[], results: readonly EvalResult[], variants: number): CaseRow[] {
  const byCase = new Map<string, EvalResult[][]>()
  for (const one of results) {
    const lists = byCase.get(one.caseId) ?? Array.from({ length: variants }, () => [])
    byCase.set(one.caseId, lists)
    lists[one.variant]?.push(one)
  }
  return items.map((item) => {
    const lists = byCase.get(item.id)
    return { item, cells: Array.from({ length: variants }, (_, at) => cellOf(lists?.[at] ?? [])) }
  })
}

function cellOf(results: readonly EvalResult[]): CaseCell | null {
  if (results.length === 0) return null
  const f1s = results.flatMap(({ score }) => (score.calls ? [score.calls.byCall.f1] : []))
  const missed = results.find(({ score }) => !score.passed)
  return {
    runs: results.length,
    passed: results.filter(({ score }) => score.passed).length,
    f1: f1s.length === 0 ? null : mean(f1s),
    why: missed ? whyNot(missed) : null,
  }
}

/** The rows that are asked for, in the order that is asked for. */
export function chosenRows(
  rows: readonly CaseRow[],
  { shown, order, text }: { shown: RowsShown; order: RowOrder; text: string },
): CaseRow[] {
  const wanted = text.trim().toLowerCase()
  const found = rows.filter(
    (row) =>
      (shown === 'all' || (shown === 'failed' ? failures(row) > 0 : hasDifference(row))) &&
      (wanted === '' || wordsOf(row).includes(wanted)),
  )
  switch (order) {
    case 'worse':
      return found.sort((one, other) => lossOf(other) - lossOf(one))
    case 'failed':
      return found.sort((one, other) => failures(other) - failures(one))
    case 'id':
      return found.sort((one, other) => one.item.id.localeCompare(other.item.id, 'en', { numeric: true }))
    case 'given':
      return found
  }
}

/** How much a row loses from the first variant to its worst other one: whole passes first, then agreement of the calls. */
export function lossOf({ cells: [first, ...others] }: CaseRow): number {
  if (!first) return 0
  const losses = others.flatMap((cell) =>
    cell ? [share(first) - share(cell) + ((first.f1 ?? 0) - (cell.f1 ?? 0)) / 1000] : [],
  )
  return losses.length === 0 ? 0 : Math.max(...losses)
}

/** Whether the variants that ran a case differ in what they passed or called. */
export function hasDifference({ cells }: CaseRow): boolean {
  const there = cells.filter((cell) => cell !== null)
  return new Set(there.map((cell) => `${share(cell)} ${cell.f1}`)).size > 1
}

const share = ({ passed, runs }: CaseCell) => passed / runs
const failures = ({ cells }: CaseRow) => cells.reduce((total, cell) => total + (cell ? 1 - share(cell) : 0), 0)
const wordsOf = ({ item: { id, name, input } }: CaseRow) => `${id}\n${name ?? ''}\n${input}`.toLowerCase()
