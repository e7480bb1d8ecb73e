import { idOf, textOf } from './assembler.ts'
import type { OpenCall } from './callQueue.ts'

/** One output item of a response, as far as it is known. */
export interface Item {
  type: string
  raw: Record<string, unknown>
  texts: string[]
  done: boolean
  call?: OpenCall
  /** Which call of the message it is, from 1. */
  callNumber?: number
}

/**
 * The output items of one response, found by item id and by output index. Servers are seen to repeat either; the one that was given
 * twice then says nothing, and the other one decides.
 */
export function createItems() {
  const items: Item[] = []
  const byId = new Map<string, Item>()
  const byIndex = new Map<unknown, Item>()
  const repeatedIds = new Set<string>()
  const repeatedIndexes = new Set<unknown>()

  return {
    all: (): readonly Item[] => items,
    isEmpty: () => items.length === 0,
    add({ output_index: index }: Record<string, unknown>, raw: Record<string, unknown>): Item {
      const item: Item = { type: textOf(raw.type), raw, texts: [], done: false }
      items.push(item)
      const id = idOf(raw.id)
      if (id !== null) {
        if (byId.has(id)) repeatedIds.add(id)
        byId.set(id, item)
      }
      if (index !== undefined) {
        if (byIndex.has(index)) repeatedIndexes.add(index)
        byIndex.set(index, item)
      }
      return item
    },
    find({ item_id, output_index: index }: Record<string, unknown>): Item | undefined {
      const id = idOf(item_id)
      const named = id === null ? undefined : byId.get(id)
      const placed = byIndex.get(index)
      if (id !== null && named && !repeatedIds.has(id)) return named
      if (placed && !repeatedIndexes.has(index)) return placed
      // Nothing names it for sure: the latest one is the one being written. One that names no item at all belongs to none.
      return placed ?? named ?? (id === null && index === undefined ? items.at(-1) : undefined)
    },
  }
}
