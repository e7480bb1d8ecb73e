import type { MeasuredDatabase } from './database.ts'

/** The most commits a second that this database and its disk give to many writers at once. */
export interface Ceiling {
  plain: number
  /** Each with a notification, which PostgreSQL commits one after another. */
  notifying: number
}

const WRITERS = 16

/** Lets many connections insert one row after another for a while, without and with a notification. */
export async function measureCeiling(database: MeasuredDatabase, { ms }: { ms: number }): Promise<Ceiling> {
  await database.client.query('create table ceiling (n integer)')
  const clients = await Promise.all(Array.from({ length: WRITERS }, () => database.connect()))
  const perSecond = async (sql: string) => {
    const began = performance.now()
    let commits = 0
    await Promise.all(
      clients.map(async (client) => {
        for (; performance.now() - began < ms; commits++) await client.query(sql)
      }),
    )
    return (commits / (performance.now() - began)) * 1000
  }
  const insert = 'insert into ceiling values (1)'
  const plain = await perSecond(insert)
  const notifying = await perSecond(`with made as (${insert}) select pg_notify('ceiling', txid_current()::text)`)
  await Promise.all(clients.map((client) => client.end()))
  return { plain, notifying }
}
