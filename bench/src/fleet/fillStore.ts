import { DatabaseSync } from 'node:sqlite'
import { newId } from '../../../server/src/store/ids.ts'
import type { MeasuredDatabase } from './database.ts'

/**
 * Makes a store as large as if so many runs had been: adds copies of a finished run, older than it, with ids and times of their own, and gives
 * their ids.
 */
export type Fill = (template: string, count: number) => Promise<string[]>

/** A database that takes statements with parameters. */
interface Speaker {
  columns(table: string): Promise<string[]>
  execute(sql: string, parameters: readonly string[]): Promise<void>
  /** The rows of `made(id, at)` out of the parameter `made`, a JSON list. */
  made: string
  /** The parameters `made` and `template`. */
  parameters: [made: string, template: string]
  /** Nothing more comes. PostgreSQL then looks at what it holds, as it would by itself in time. */
  settle(): Promise<void>
}

/** Fills a shared database. */
export function fillDatabase({ client }: MeasuredDatabase): Fill {
  return fillerOf(async () => ({
    async columns(table) {
      const sql =
        'select column_name as name from information_schema.columns where table_name = $1 and table_schema = $2'
      return (await client.query<{ name: string }>(sql, [table, 'public'])).rows.map(({ name }) => name)
    },
    execute: async (sql, parameters) => void (await client.query(sql, [...parameters])),
    made: 'json_to_recordset($1::json) as made(id text, at text)',
    parameters: ['$1', '$2::text'],
    settle: async () => void (await client.query('vacuum analyze')),
  }))
}

/** Fills the embedded store in a folder that no server uses meanwhile. */
export function fillFolder(folder: string): Fill {
  return fillerOf(async () => {
    const database = new DatabaseSync(`${folder}/volley.db`)
    return {
      columns: async (table) =>
        database
          .prepare(`pragma table_info(${table})`)
          .all()
          .map(({ name }) => String(name)),
      execute: async (sql, parameters) => void database.prepare(sql).run(...parameters),
      made: "(select value ->> 'id' as id, value ->> 'at' as at from json_each(?1)) as made",
      parameters: ['?1', '?2'],
      settle: async () => database.close(),
    }
  })
}

/** Runs that are copied in one statement. */
const AT_ONCE = 5_000
/** From the newest copy to now. */
const BEFORE_MS = 60_000
/** Between two copies: as after a day of even work. */
const APART_MS = 500
/** What is stored of a run, each with the column that names it. */
const TABLES = { run: 'id', event: 'run_id', run_digest: 'run_id', run_tool: 'run_id', run_finding: 'run_id' }
/** Texts that hold the run's id, too. */
const WITH_ID = new Set(['spec', 'data'])

function fillerOf(open: () => Promise<Speaker>): Fill {
  return async (template, count) => {
    const { columns, execute, made, parameters, settle } = await open()
    const [, id] = parameters

    const copy = async (table: string, key: string, rows: readonly string[]) => {
      const names = await columns(table)
      const values = names.map((name) => {
        if (name === key) return 'made.id'
        if (name === 'created_at' || name === 'finished_at') return 'made.at'
        return WITH_ID.has(name) ? `replace(one.${name}, ${id}, made.id)` : `one.${name}`
      })
      const from = `${table} as one cross join ${made} where one.${key} = ${id}`
      await execute(`insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${from}`, rows)
    }
    const oldest = Date.now() - BEFORE_MS - count * APART_MS
    const copies = Array.from({ length: count }, (_, number) => {
      const at = oldest + number * APART_MS
      return { id: newId(at), at: new Date(at).toISOString() }
    })
    for (let at = 0; at < count; at += AT_ONCE) {
      const rows = [JSON.stringify(copies.slice(at, at + AT_ONCE)), template]
      for (const [table, key] of Object.entries(TABLES)) await copy(table, key, rows)
    }
    await settle()
    return copies.map((copied) => copied.id)
  }
}
