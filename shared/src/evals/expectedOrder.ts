import type { ExpectedCall } from './testCase.ts'

/** For each expected call the places of all that must have ended before it begins, directly or by way of others. */
export function predecessorsOf(calls: readonly ExpectedCall[]): Set<number>[] {
  const placeOf = new Map(calls.flatMap(({ id }, at) => (id === undefined ? [] : [[id, at] as const])))
  const all: (Set<number> | undefined)[] = []
  const gather = (at: number): Set<number> => {
    const known = all[at]
    if (known) return known
    const found = new Set<number>()
    all[at] = found
    for (const id of calls[at]?.after ?? []) {
      const before = placeOf.get(id)
      if (before === undefined) continue
      found.add(before)
      for (const earlier of gather(before)) found.add(earlier)
    }
    return found
  }
  return calls.map((_call, at) => gather(at))
}
