import type { Kysely } from 'kysely'

/** Prices of models that were added or corrected here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('price')
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('price', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('price_key', ['provider', 'model'])
    .execute()
}
