import { isEqualJson } from '../lib/json.ts'
import type { TestCase } from './testCase.ts'

export interface SharedCases {
  /** Ids of cases that both have, and that ask and expect the same in both. */
  ids: ReadonlySet<string>
  /** How many have the same id and are otherwise not the same. */
  changed: number
  /** How many only one side has. */
  onlyBefore: number
  onlyAfter: number
}

/** What two evals can be compared on: a case that was changed between them is not the same case any more. */
export function sharedCases(before: readonly TestCase[], after: readonly TestCase[]): SharedCases {
  const left = new Map(before.map((one) => [one.id, one]))
  const ids = new Set<string>()
  let changed = 0
  let onlyAfter = 0
  for (const one of after) {
    const other = left.get(one.id)
    if (!other) onlyAfter++
    else if (isEqualJson(one, other)) ids.add(one.id)
    else changed++
  }
  return { ids, changed, onlyBefore: before.length - ids.size - changed, onlyAfter }
}
