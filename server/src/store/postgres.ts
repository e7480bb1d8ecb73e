import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { EventReader } from './database.ts'
import { migrate } from './migrate.ts'
import type { Tables } from './schema.ts'
import { StoreFault } from './storeFault.ts'

export interface Postgres {
  db: Kysely<Tables>
  reader: EventReader
  pool: pg.Pool
}

/**
 * A transaction that stands still (its process was paused) must not hold its locks: the database ends its session after so long, and others
 * go on.
 */
const IDLE_IN_TRANSACTION_MS = 4_000
const CONNECT_MS = 5_000
/** So old a connection is at most: what it was told when it was opened (that the database is read-only) does not hold for ever. */
export const CONNECTION_SECONDS = 20

const { INT8, NUMERIC } = pg.types.builtins
/** Counts and sums come as numbers: none of ours is beyond what a double holds exactly. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text')) as never,
}

/** How every connection of ours to the shared database is opened. */
export function connectionOf(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    types,
    application_name: 'volley',
    connectionTimeoutMillis: CONNECT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
  }
}

/** Opens the shared database and brings its tables up to date; servers that start at once wait for each other. */
export async function openPostgres(
  url: string,
  {
    connections = 10,
    connectionSeconds = CONNECTION_SECONDS,
    onFault,
  }: { connections?: number; connectionSeconds?: number; onFault(fault: unknown): void },
): Promise<Postgres> {
  const pool = new pg.Pool({ ...connectionOf(url), max: connections, maxLifetimeSeconds: connectionSeconds })
  // A connection that breaks while nobody uses it: the next user gets another one.
  pool.on('error', onFault)
  // One that breaks between two statements of its user: the next statement says so, and the process must not end for it.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await migrate(db as Kysely<unknown>, placeOf(url))
  } catch (error) {
    await db.destroy()
    throw explainPostgres(error, placeOf(url))
  }
  const reader: EventReader = {
    async rows<Row>({ sql }: CompiledQuery<Row>, parameters: readonly unknown[]) {
      return (await pool.query(sql, [...parameters])).rows as Row[]
    },
  }
  return { db, reader, pool }
}

/** The address of a database as it may be shown: without user and password. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `the database ${host}${pathname}`
}

/** A fault of PostgreSQL in a sentence a person can act on; our own mistakes pass unchanged. */
export function explainPostgres(error: unknown, where: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreFault) return error
  const { code = '' } = error as { code?: string }
  const sentence = SENTENCES.find(({ codes, words }) => codes.test(code) || words?.test(error.message))?.sentence
  return sentence ? new StoreFault(sentence, { where, cause: error }) : error
}

/** Whether a fault says that the database is away for everyone who uses it, not that one connection broke. */
export function isAway(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string }
  return AWAY.test(code) || AWAY_WORDS.test(message)
}

const AWAY = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|57P03|53[0-9]{3}|25006)$/
const AWAY_WORDS = /timeout exceeded when trying to connect|Connection terminated due to connection timeout/

// By SQLSTATE, by the codes of the network, and by the words of a driver that gives no code.
const SENTENCES: { codes: RegExp; words?: RegExp; sentence: string }[] = [
  {
    codes: /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|08001|08004)$/,
    words: /timeout exceeded when trying to connect|Connection terminated due to connection timeout/,
    sentence: 'the database cannot be reached: check that it runs, and the address in VOLLEY_DATABASE_URL',
  },
  { codes: /^57P03$/, sentence: 'the database is starting or stopping: try again in a moment' },
  {
    codes: /^(ECONNRESET|EPIPE|ERR_STREAM_|57P0[125]|25P0[34]|08)/,
    words: /Connection terminated|Client has encountered a connection error|not queryable|Cannot use a pool after/,
    sentence: 'the connection to the database broke: it is tried again',
  },
  {
    codes: /^28/,
    words: /SASL|password must be a string/,
    sentence: 'the database refuses this user: check user and password in VOLLEY_DATABASE_URL',
  },
  { codes: /^3D000$/, sentence: 'there is no such database: make it, or correct VOLLEY_DATABASE_URL' },
  { codes: /^(42501)$/, sentence: 'the user of the database may not do this: give it the right to write' },
  { codes: /^25006$/, sentence: 'the database is read-only: connect to the one that takes writes' },
  { codes: /^53[01]00$/, sentence: 'the disk of the database is full: make room; what was saved before is kept' },
  {
    codes: /^53300$/,
    sentence: 'the database has no connection left: raise its max_connections, or start fewer servers',
  },
  { codes: /^(40001|40P01|55P03|57014)$/, sentence: 'the database was busy: it is tried again' },
]
