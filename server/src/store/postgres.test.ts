import { expect, inject, onTestFinished, test } from 'vitest'
import { makeDatabase } from '../testing/postgres.ts'
import { explainPostgres, openPostgres, placeOf } from './postgres.ts'
import { StoreFault } from './storeFault.ts'

const url = inject('postgres')

async function opened(options: { connectionSeconds?: number } = {}) {
  const faults: unknown[] = []
  const { db, pool } = await openPostgres(await makeDatabase(url as string), {
    ...options,
    connections: 1,
    onFault: (fault) => faults.push(fault),
  })
  onTestFinished(() => db.destroy())
  return { pool, faults, session: async () => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid }
}

test.skipIf(!url)('a connection that is always in use is opened anew after a while all the same', async () => {
  const { session } = await opened({ connectionSeconds: 1 })
  const first = await session()
  expect(await session()).toBe(first)
  await expect.poll(session, { timeout: 10_000, interval: 20 }).not.toBe(first)
})

test.skipIf(!url)(
  'a session that is ended between two statements of its user costs the next statement alone',
  async () => {
    const { pool, session } = await opened()
    const client = await pool.connect()
    await client.query('begin')
    const ended = new Promise((resolve) => client.once('end', resolve))
    const { pid } = (await client.query('select pg_backend_pid() as pid')).rows[0]
    const other = await opened()
    await other.pool.query('select pg_terminate_backend($1)', [pid])
    await ended
    const fault = explainPostgres(await client.query('commit').catch((error: unknown) => error), placeOf(url as string))
    expect(fault).toBeInstanceOf(StoreFault)
    expect((fault as StoreFault).sentence).toBe('the connection to the database broke: it is tried again')
    client.release()
    expect(await session()).not.toBe(pid)
  },
)
