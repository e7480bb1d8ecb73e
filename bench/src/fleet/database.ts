import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { makeDatabase, startPostgres } from '../../../server/src/testing/postgres.ts'
import { fromRoot } from '../fromRoot.ts'

/** A PostgreSQL that waits for its disk, and a look into one database of it. */
export interface MeasuredPostgres {
  /** An empty database. */
  database(): Promise<MeasuredDatabase>
  remove(): Promise<void>
}

export interface MeasuredDatabase {
  url: string
  /** A connection of the bench; what it asks counts for no server. */
  client: pg.Client
  /** One more. */
  connect(): Promise<pg.Client>
  counts(): Promise<DatabaseCounts>
  /** Connections of servers, by what they call themselves. */
  connections(): Promise<Record<string, number>>
}

/** What a database has done so far; of interest are differences. */
export interface DatabaseCounts {
  /** Transactions, also those that only read; known to the second. */
  transactions: number
  /** Transactions that wrote: each is a commit on the disk. */
  writes: number
  /** Written to the log that makes commits durable. */
  walBytes: number
  /** CPU of the database's processes, by their numbers, in milliseconds. */
  cpuMs: Map<number, number>
}

/** What changed between two counts. CPU of processes that ended meanwhile is not in it; it is NaN where the system does not tell. */
export type Counted = Omit<DatabaseCounts, 'cpuMs'> & { cpuMs: number }

/** Starts the PostgreSQL; the sentence why not, where there can be none. */
export async function startMeasuredPostgres(): Promise<MeasuredPostgres | string> {
  // With the time of each commit the delay of an event can be told on one clock.
  const server = await startPostgres({ fsync: true, more: ['track_commit_timestamp=on'] })
  if (typeof server === 'string') return server
  const { default: driver } = await fromRoot<{ default: typeof pg }>('pg', 'server')
  const clients: pg.Client[] = []
  return {
    async database() {
      const url = await makeDatabase(server.url)
      const connect = async () => {
        const client = new driver.Client({ connectionString: url, application_name: BENCH })
        clients.push(client)
        await client.connect()
        return client
      }
      const client = await connect()
      const number = async (sql: string) => Number((await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0])
      return {
        url,
        client,
        connect,
        async counts() {
          return {
            transactions: await number(TRANSACTIONS),
            writes: await number('select pg_snapshot_xmax(pg_current_snapshot())::text'),
            walBytes: await number(`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn`),
            cpuMs: cpuOf((await client.query<{ pid: number }>('select pid from pg_stat_activity')).rows),
          }
        },
        async connections() {
          const { rows } = await client.query<{ name: string; count: string }>(CONNECTIONS, [BENCH])
          return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]))
        },
      }
    },
    async remove() {
      await Promise.all(clients.map((client) => client.end()))
      await server.remove()
    },
  }
}

/** What was done between two counts. */
export function between(before: DatabaseCounts, after: DatabaseCounts): Counted {
  const cpu = [...after.cpuMs].map(([pid, ms]) => ms - (before.cpuMs.get(pid) ?? 0))
  return {
    transactions: after.transactions - before.transactions,
    writes: after.writes - before.writes,
    walBytes: after.walBytes - before.walBytes,
    cpuMs: cpu.length === 0 ? Number.NaN : cpu.reduce((sum, ms) => sum + ms, 0),
  }
}

const BENCH = 'bench'
const TRANSACTIONS = 'select xact_commit + xact_rollback from pg_stat_database where datname = current_database()'
const CONNECTIONS = `
  select application_name as name, count(*) as count from pg_stat_activity
  where datname = current_database() and application_name <> $1 and backend_type = 'client backend'
  group by 1`
/** Linux counts in hundredths of a second. */
const TICK_MS = 10

function cpuOf(processes: readonly { pid: number }[]): Map<number, number> {
  const times = new Map<number, number>()
  for (const { pid } of processes) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      times.set(pid, (Number(fields[11]) + Number(fields[12])) * TICK_MS)
    } catch {
      // It has ended, or this system tells it otherwise.
    }
  }
  return times
}
