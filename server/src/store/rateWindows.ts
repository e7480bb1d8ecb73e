import { sql } from 'kysely'
import type { Database } from './database.ts'

// When the last starts under each rate were, on PostgreSQL, by the clock of the database, which all servers have in common.

/**
 * Takes the next start, which is then nobody else's: no stretch of `perMs` milliseconds holds more than `limit` of them. Gives its time and in how
 * many milliseconds that is. The one statement locks the row of the key.
 */
export async function reserveStart(
  database: Database,
  key: string,
  { limit, perMs }: { limit: number; perMs: number },
): Promise<{ at: number; delay: number }> {
  const { rows } = await sql<{ at: number; delay: number }>`
    insert into rate_window as known (key, starts) values (${key}, array[extract(epoch from clock_timestamp()) * 1000])
    on conflict (key) do update set starts = (
      known.starts || greatest(
        extract(epoch from clock_timestamp()) * 1000,
        known.starts[cardinality(known.starts)],
        known.starts[cardinality(known.starts) + 1 - ${limit}::int] + ${perMs}::float8
      )
    )[greatest(1, cardinality(known.starts) + 2 - ${limit}::int):]
    returning starts[cardinality(starts)] as at, starts[cardinality(starts)] - extract(epoch from clock_timestamp()) * 1000 as delay
  `.execute(database)
  return rows[0] as { at: number; delay: number }
}

/** The start is not used after all. */
export async function giveBackStart(database: Database, key: string, at: number): Promise<void> {
  await sql`update rate_window set starts = array_remove(starts, ${at}::float8) where key = ${key}`.execute(database)
}
