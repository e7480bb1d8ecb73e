import { type Kysely, sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration'
import { isPostgres } from './dialect.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { StoreFault } from './storeFault.ts'

/**
 * Brings the tables to this version's schema, each named step once. A database that a newer Volley wrote is refused, untouched.
 */
export async function migrate(
  db: Kysely<unknown>,
  where: string,
  migrations: Record<string, Migration> = MIGRATIONS,
): Promise<void> {
  const unknown = (await executedSteps(db)).filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0)
    throw new StoreFault(
      `the data in ${where} was written by a newer Volley (it has the step ${unknown.join(', ')}): start that version, or choose another ${isPostgres(db) ? 'database with VOLLEY_DATABASE_URL' : 'folder with VOLLEY_DATA'}`,
    )
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

async function executedSteps(db: Kysely<unknown>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE)) return []
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db)
  return rows.map((row) => row.name)
}
