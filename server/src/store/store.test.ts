import { chmodSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { aFlow, aSpec, finished, numbered, started, text } from '../testing/logEvents.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { openStore } from './store.ts'

test('a second server on the same folder is refused with a sentence that names it', async () => {
  const folder = `${temporaryFolder()}/data`
  const store = await openStore(folder)
  await expect(openStore(folder)).rejects.toThrow(
    `the data folder ${folder} is used by another Volley server: stop that one, or choose another folder with VOLLEY_DATA`,
  )
  await store.close()
  await (await openStore(folder)).close()
})

test('the folder is for its owner alone', async () => {
  const folder = `${temporaryFolder()}/data`
  const store = await openStore(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  await store.close()
})

test('the database is for its owner alone, also in a folder that others may look into and where it was not', async () => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  await (await openStore(folder)).close()
  chmodSync(`${folder}/volley.db`, 0o644)
  const store = await openStore(folder)
  await store.flows.create(aFlow('Night shift'))
  for (const part of ['', '-wal', '-shm']) expect(statSync(`${folder}/volley.db${part}`).mode & 0o777).toBe(0o600)
  await store.close()
})

test('data of a newer version is refused, untouched', async () => {
  const folder = temporaryFolder()
  await (await openStore(folder)).close()
  const database = new DatabaseSync(`${folder}/volley.db`)
  database.exec("insert into kysely_migration (name, timestamp) values ('0099_moons', '2031')")
  database.close()
  await expect(openStore(folder)).rejects.toThrow(/written by a newer Volley \(it has the step 0099_moons\)/)
})

test('what was stored is there after the store was closed and opened', async () => {
  const folder = temporaryFolder()
  const first = await openStore(folder)
  const saved = await first.flows.create(aFlow('Night shift'))
  const spec = aSpec('run-1')
  await first.log.create(spec, numbered([started(spec), text('half')]), 'running')
  await first.close()

  const again = await openStore(folder)
  expect(await again.flows.get(saved.id)).toEqual(saved)
  expect(await again.runs.unfinished()).toEqual(['run-1'])
  expect(await again.runs.spec('run-1')).toEqual(spec)
  await again.log.append('run-1', numbered([finished()], 3), 'succeeded')
  expect(await again.runs.unfinished()).toEqual([])
  await again.close()
})

test('a full disk refuses what does not fit with a sentence, keeps what was stored, and goes on when there is room', async () => {
  const folder = temporaryFolder()
  const store = await openStore(folder)
  const spec = aSpec('run-1')
  await store.log.create(spec, numbered([started(spec)]), 'running')
  const kept = await store.flows.create(aFlow('Kept'))
  const limit = async (pages: number) => {
    // The store's own connection is the one that must meet the limit.
    const { sql } = await import('kysely')
    await sql.raw(`pragma max_page_count = ${pages}`).execute(store.database)
  }
  await limit(1)

  const large = 'x'.repeat(1_000_000)
  await expect(store.log.append('run-1', numbered([text(large)], 2), 'running')).rejects.toThrow('the disk is full')
  await expect(store.flows.create({ ...aFlow('Lost'), description: large })).rejects.toThrow('the disk is full')
  expect(await store.log.read('run-1', 0)).toHaveLength(1)
  expect((await store.flows.list({ limit: 9 })).map((flow) => flow.id)).toEqual([kept.id])

  await limit(1_000_000)
  await store.log.append('run-1', numbered([text(large)], 2), 'running')
  expect(await store.log.read('run-1', 1)).toHaveLength(1)
  await store.close()
})

test('an entry of the audit cannot be replaced, either', async () => {
  const store = await openStore(temporaryFolder())
  await store.audit.add('signed_in', {})
  const { sql } = await import('kysely')
  const replace = sql.raw("insert or replace into audit (id, at, what, detail) values (1, '', 'nothing', '{}')")
  await expect(replace.execute(store.database)).rejects.toThrow()
  expect((await store.audit.list({ limit: 10 })).map(({ what }) => what)).toEqual(['signed_in'])
  await store.close()
})
