import { PostgresAdapter, type QueryExecutor, type SelectQueryBuilder } from 'kysely'

// What the two databases say differently. All else is said once, in kysely.

interface Speaker {
  getExecutor(): QueryExecutor
}

export const isPostgres = (db: Speaker): boolean => db.getExecutor().adapter instanceof PostgresAdapter

/** Keeps the rows that are read from other writers until the transaction ends. SQLite has one writer at a time anyway. */
export function lockingRow(db: Speaker) {
  return <Tables, Table extends keyof Tables, Row>(query: SelectQueryBuilder<Tables, Table, Row>) =>
    isPostgres(db) ? query.forUpdate() : query
}

/** A text as a column of its own can hold it: PostgreSQL has no NUL in texts. What is JSON writes it as an escape. */
export const plainText = (text: string): string => text.replaceAll('\0', '\ufffd')
