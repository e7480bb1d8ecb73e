/**
 * Items that wait for a place, each under a key. Keys take turns: the next is the one with the smallest claim so far, of equal ones the
 * one that was served longest ago; within a key the first that came. So many items of one key keep those of another back by one turn at
 * most.
 */
export interface FairQueue<Item> {
  readonly size: number
  add(key: string, item: Item): void
  remove(key: string, item: Item): boolean
  /** The key whose turn is next, given what each has had: what comes first in the list counts first. */
  nextKey(claimOf: (key: string) => readonly number[]): string | null
  /** Takes the first item of a key, whose turn is then over. */
  take(key: string): Item | undefined
}

export function createFairQueue<Item>(): FairQueue<Item> {
  /** In the order of their turns. */
  const keys = new Map<string, Set<Item>>()
  let size = 0

  const remove = (key: string, item: Item) => {
    const items = keys.get(key)
    if (!items?.delete(item)) return false
    size--
    if (items.size === 0) keys.delete(key)
    return true
  }

  return {
    get size() {
      return size
    },
    add(key, item) {
      const items = keys.get(key) ?? new Set()
      keys.set(key, items.add(item))
      size++
    },
    remove,
    nextKey(claimOf) {
      let next: { key: string; claim: readonly number[] } | null = null
      for (const key of keys.keys()) {
        const claim = claimOf(key)
        if (next === null || isSmaller(claim, next.claim)) next = { key, claim }
      }
      return next?.key ?? null
    },
    take(key) {
      const items = keys.get(key)
      const [item] = items ?? []
      if (!items || item === undefined) return undefined
      remove(key, item)
      if (items.size > 0) {
        keys.delete(key)
        keys.set(key, items)
      }
      return item
    },
  }
}

function isSmaller(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}
