import type { Sides } from './sides.ts'

/**
 * The names of both sides in one order: that of the side which moved some, mine where both did. What the other side added stands
 * behind its predecessor there, after what was added at the same place here. Names that one side took away are still in it.
 */
export function mergedOrder({ base, mine, theirs }: Sides<readonly string[]>): string[] {
  const isTheirs = !isReordered(base, mine) && isReordered(base, theirs)
  const [leading, other] = isTheirs ? [theirs, mine] : [mine, theirs]
  const added = addedBehind(leading, other)
  const known = new Set(base)
  const order: string[] = []
  let waiting = added.get(null) ?? []
  for (const name of leading) {
    if (known.has(name)) {
      order.push(...waiting)
      waiting = []
    }
    order.push(name)
    waiting = [...waiting, ...(added.get(name) ?? [])]
  }
  return [...order, ...waiting]
}

/** Lists of different names, of which each side took some away and added some: what is left, in one order. */
export function mergedNames(sides: Sides<readonly string[]>): string[] {
  const { base, mine, theirs } = { base: new Set(sides.base), mine: new Set(sides.mine), theirs: new Set(sides.theirs) }
  return mergedOrder(sides).filter((name) =>
    base.has(name) ? mine.has(name) && theirs.has(name) : mine.has(name) || theirs.has(name),
  )
}

/** Whether the names that both lists have stand in another order. */
function isReordered(base: readonly string[], now: readonly string[]): boolean {
  const [before, after] = [new Set(base), new Set(now)]
  const kept = now.filter((name) => before.has(name))
  return base.filter((name) => after.has(name)).some((name, at) => name !== kept[at])
}

/** The names of `other` that `leading` lacks, by the last one before them that it has; null for those before all. */
function addedBehind(leading: readonly string[], other: readonly string[]): Map<string | null, string[]> {
  const known = new Set(leading)
  const added = new Map<string | null, string[]>()
  let before: string | null = null
  for (const name of other) {
    if (known.has(name)) before = name
    else added.set(before, [...(added.get(before) ?? []), name])
  }
  return added
}
