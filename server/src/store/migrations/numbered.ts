import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import { isPostgres } from '../dialect.ts'

/** A column that numbers its rows by itself: `serial` on PostgreSQL, an `integer` on SQLite. */
export const numbered = (db: Kysely<unknown>) => (column: ColumnDefinitionBuilder) =>
  isPostgres(db) ? column.primaryKey() : column.primaryKey().autoIncrement()
