/**
 * Items that wait for a place, each under a key. Keys take turns: the next is the one with the fewest places, of equal ones the one that
 * was served longest ago; within a key the first that came. So many items of one key keep those of another back by one turn at most.
 */
export interface FairQueue<Item> {
  readonly size: number
  add(key: string, item: Item): void
  remove(key: string, item: Item): boolean
  /** The key whose turn is next, given how many places each has. */
  nextKey(placesOf: (key: string) => number): string | null
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
    nextKey(placesOf) {
      let next: string | null = null
      let fewest = Number.POSITIVE_INFINITY
      for (const key of keys.keys()) {
        const places = placesOf(key)
        if (places < fewest) [next, fewest] = [key, places]
      }
      return next
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
