import type { Price } from '@volley/shared/run/price.ts'
import type { Database } from './database.ts'

export interface OwnPrice extends Price {
  provider: string
  model: string
}

/** Prices that were added or corrected here. */
export interface PriceRows {
  /** In place of an earlier one of this provider and model. */
  put(row: OwnPrice): Promise<void>
  /** False when there is none. */
  delete(provider: string, model: string): Promise<boolean>
  /** How many there were. */
  deleteAll(): Promise<number>
  list(): Promise<OwnPrice[]>
}

export function createPriceRows(db: Database, { now }: { now: () => Date }): PriceRows {
  return {
    async put({ provider, model, ...price }) {
      const written = { price: JSON.stringify(price), updated_at: now().toISOString() }
      await db
        .insertInto('price')
        .values({ provider, model, ...written })
        .onConflict((conflict) => conflict.columns(['provider', 'model']).doUpdateSet(written))
        .execute()
    },
    async delete(provider, model) {
      const { numDeletedRows } = await db
        .deleteFrom('price')
        .where('provider', '=', provider)
        .where('model', '=', model)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    async deleteAll() {
      return Number((await db.deleteFrom('price').executeTakeFirst()).numDeletedRows)
    },
    async list() {
      const rows = await db.selectFrom('price').select(['provider', 'model', 'price']).execute()
      return rows.map(({ provider, model, price }) => ({ provider, model, ...(JSON.parse(price) as Price) }))
    },
  }
}
