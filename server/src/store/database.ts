import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type * as kysely from 'kysely'
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { migrate } from './migrate.ts'
import { nodeSqlite } from './nodeSqlite.ts'
import type { Tables } from './schema.ts'
import { explainFault } from './storeFault.ts'

export type Database = Kysely<Tables>
export type Transaction = kysely.Transaction<Tables>

/** Opens one database file with our settings and brings its tables up to date. `destroy()` closes it. */
export async function openDatabase(file: string): Promise<Database> {
  let db: Kysely<Tables> | undefined
  try {
    keepPrivate(file)
    const connection = new DatabaseSync(file, { timeout: 2000 })
    // An acknowledged save must survive the loss of power: FULL, which WAL does not imply. With recursive triggers a row that is replaced
    // counts as deleted, too, so that what must never change (the audit) cannot be changed in this way.
    connection.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864; pragma recursive_triggers = on',
    )
    db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: nodeSqlite(connection) }) })
    await migrate(db as Kysely<unknown>, file)
    return db
  } catch (error) {
    await db?.destroy()
    throw explainFault(error, file)
  }
}

/** Only this user reads the database, also in a folder that others may look into. SQLite gives the files beside it the same mode. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  for (const part of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(part)) chmodSync(part, 0o600)
}

/** Reads what is committed, beside whoever writes. */
export interface EventReader {
  /** The rows of a query with these values in the places of its parameters; SQLite has them at once. */
  rows<Row>(query: CompiledQuery<Row>, parameters: readonly (string | number)[]): Row[] | Promise<Row[]>
}

export interface Reader extends EventReader {
  close(): void
}

/**
 * Reads what is committed, beside the one connection that writes: kysely gives that to one user after another, and hundreds of readers
 * would wake each other for it. Statements are prepared once for each text.
 */
export function openReader(file: string): Reader {
  const connection = new DatabaseSync(file, { readOnly: true, timeout: 2000 })
  const prepared = new Map<string, StatementSync>()
  return {
    rows<Row>({ sql }: CompiledQuery<Row>, parameters: readonly (string | number)[]) {
      const statement = prepared.get(sql) ?? connection.prepare(sql)
      prepared.set(sql, statement)
      return statement.all(...parameters) as Row[]
    },
    close: () => connection.close(),
  }
}
