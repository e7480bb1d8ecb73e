import { DatabaseSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { migrate } from './migrate.ts'
import { nodeSqlite } from './nodeSqlite.ts'
import type { Tables } from './schema.ts'
import { explainFault } from './storeFault.ts'

export type Database = Kysely<Tables>

/** Opens one database file with our settings and brings its tables up to date. `destroy()` closes it. */
export async function openDatabase(file: string): Promise<Database> {
  let db: Kysely<Tables> | undefined
  try {
    const connection = new DatabaseSync(file, { timeout: 2000 })
    // An acknowledged save must survive the loss of power: FULL, which WAL does not imply.
    connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864')
    db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: nodeSqlite(connection) }) })
    await migrate(db as Kysely<unknown>, file)
    return db
  } catch (error) {
    await db?.destroy()
    throw explainFault(error, file)
  }
}
