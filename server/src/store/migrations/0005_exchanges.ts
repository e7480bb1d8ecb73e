import type { Kysely } from 'kysely'
import { isPostgres } from '../dialect.ts'
import { numbered } from './numbered.ts'

/** What went to models and came back, kept for people beside the events of a run and gone with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('exchange')
    .addColumn('id', isPostgres(db) ? 'serial' : 'integer', numbered(db))
    .addColumn('run_id', 'text', (column) => column.notNull().references('run.id').onDelete('cascade'))
    .addColumn('data', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('exchange_by_run').on('exchange').columns(['run_id', 'id']).execute()
}
