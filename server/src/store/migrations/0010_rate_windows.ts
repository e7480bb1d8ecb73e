import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../dialect.ts'

/** When the last starts under each rate were, for servers that share a store: one that has its own keeps them in memory. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (!isPostgres(db)) return
  await db.schema
    .createTable('rate_window')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('starts', sql`double precision[]`, (column) => column.notNull())
    .execute()
}
