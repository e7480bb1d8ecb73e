import type { Price, PriceEntry } from '@volley/shared/run/price.ts'
import type { Prices } from '../engine/ports.ts'
import type { OwnPrice, PriceRows } from '../store/prices.ts'
import { BUILT_IN_PRICES, type BuiltInPrice } from './builtIn.ts'

/** The table of prices: what is built in, and the own rows that stand in its place or beside it. */
export interface PriceTable extends Prices {
  /** By provider and model. */
  list(): PriceEntry[]
  put(row: OwnPrice): Promise<PriceEntry>
  /** Takes an own row away, so that the built-in price counts again where there is one. False when there is none. */
  reset(provider: string, model: string): Promise<boolean>
  /** Reads the own rows anew, where another server may have changed them. */
  reload(): Promise<void>
  /** Takes all own rows away; how many there were. */
  resetAll(): Promise<number>
}

/** The built-in table alone, for where nothing is stored. */
export const builtInPrices: Prices = { find: (provider, model) => lookUp(BUILT_IN_PRICES, provider, model) }

/** Reads the own rows; from then on they are kept in step with the store, so that the price of a run is found at once. */
export async function createPriceTable(
  rows: PriceRows,
  builtIn: readonly BuiltInPrice[] = BUILT_IN_PRICES,
): Promise<PriceTable> {
  let own = await rows.list()
  const isOf = (provider: string, model: string) => (row: OwnPrice) => row.provider === provider && row.model === model
  const entryOf = (row: OwnPrice): PriceEntry => {
    const replaced = builtIn.find(isOf(row.provider, row.model))
    return { ...row, origin: 'own', ...(replaced ? { instead: priceIn(replaced) } : {}) }
  }

  return {
    async reload() {
      own = await rows.list()
    },
    find: (provider, model) => lookUp(own, provider, model) ?? lookUp(builtIn, provider, model),
    list: () =>
      [
        ...own.map(entryOf),
        ...builtIn
          .filter((row) => !own.some(isOf(row.provider, row.model)))
          .map((row): PriceEntry => ({ ...row, origin: 'built-in' })),
      ].sort((one, other) => compare(one.provider, other.provider) || compare(one.model, other.model)),
    async put(row) {
      await rows.put(row)
      own = await rows.list()
      return entryOf(row)
    },
    async reset(provider, model) {
      const isThere = await rows.delete(provider, model)
      own = await rows.list()
      return isThere
    },
    async resetAll() {
      const count = await rows.deleteAll()
      own = await rows.list()
      return count
    },
  }
}

/** One provider, two protocols: a price of `openai` is one of `openai-chat`. */
const FAMILY: Record<string, string> = { 'openai-chat': 'openai' }

function lookUp(rows: readonly OwnPrice[], provider: string, model: string): Price | null {
  const found =
    rows.find((row) => row.provider === provider && row.model === model) ??
    rows.find((row) => row.provider === FAMILY[provider] && row.model === model)
  return found ? priceIn(found) : null
}

function priceIn({ provider: _provider, model: _model, ...price }: OwnPrice): Price {
  return price
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
