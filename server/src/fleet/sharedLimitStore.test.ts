import { beforeEach, expect, inject, onTestFinished, test } from 'vitest'
import { query } from '../crash/manyServers.ts'
import { makeDatabase } from '../testing/postgres.ts'
import { createSharedLimitStore } from './sharedLimitStore.ts'

const url = inject('postgres')
let databaseUrl: string
beforeEach(async () => {
  if (url) databaseUrl = await makeDatabase(url)
})

/** The limits of one server; it hears nothing of others. */
function aServer() {
  const store = createSharedLimitStore({
    url: databaseUrl,
    store: { database: {} as never, announce: async () => {}, onAnnouncement: () => {} },
    onFault: () => {},
  })
  onTestFinished(() => store.close())
  return store
}

test.skipIf(!url)('servers share the places of a key; one that ends gives its own back', async () => {
  const [one, other] = [aServer(), aServer()]
  const places = [await one.tryPlace('crane', 3), await one.tryPlace('crane', 3), await other.tryPlace('crane', 3)]
  expect(places).not.toContain(null)
  expect(await other.tryPlace('crane', 3)).toBe(null)
  expect(await other.tryPlace('tide', 1)).not.toBe(null)
  places[0]?.giveBack()
  await expect.poll(() => other.tryPlace('crane', 3)).not.toBe(null)
  await one.close()
  await expect.poll(() => other.tryPlace('crane', 3)).not.toBe(null)
  expect(await other.tryPlace('crane', 3)).toBe(null)
})

test.skipIf(!url)('a server whose session is ended takes the places of what runs on it again, unasked', async () => {
  const [one, other] = [aServer(), aServer()]
  const place = await one.tryPlace('crane', 1)
  expect(place).not.toBe(null)
  await query(
    databaseUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'volley limits' and datname = current_database()`,
  )
  const locks = () =>
    query(
      databaseUrl,
      `select 1 from pg_locks join pg_database on pg_database.oid = pg_locks.database
       where locktype = 'advisory' and datname = current_database()`,
    )
  await expect.poll(async () => (await locks()).length, { timeout: 10_000 }).toBe(1)
  expect(await other.tryPlace('crane', 1)).toBe(null)
  // And gives them back from where it has them now.
  place?.giveBack()
  await expect.poll(() => other.tryPlace('crane', 1), { timeout: 10_000 }).not.toBe(null)
})
