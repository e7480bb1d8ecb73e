import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

const MOST_STATEMENTS = 200

/** `node:sqlite` in the shape kysely's SQLite dialect asks for. Statements are prepared once for each text. */
export function nodeSqlite(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = prepared.get(sql)
      if (known) return known
      const statement = statementOf(database.prepare(sql))
      // On a full disk SQLite has rolled back by itself, and a second rollback would hide the first fault.
      if (sql === 'rollback') {
        const rollback = statement.run
        const nothing = { changes: 0, lastInsertRowid: 0 }
        statement.run = (parameters) => (database.isTransaction ? rollback(parameters) : nothing)
      }
      if (prepared.size >= MOST_STATEMENTS) prepared.clear()
      prepared.set(sql, statement)
      return statement
    },
  }
}

function statementOf(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)) as IterableIterator<unknown>,
  }
}
