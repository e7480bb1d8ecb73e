import type { Exchange } from '@volley/shared/api.ts'
import { expect, onTestFinished, test } from 'vitest'
import { aFlow, numbered, started } from '../testing/logEvents.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { MOST_OF_RUN } from './exchanges.ts'
import { openStore } from './store.ts'

const spec = (runId: string) => ({
  runId,
  flow: aFlow(),
  origin: { id: null, version: null },
  input: 'Go.',
  variables: {},
})
const exchange = (turn: number, text = 'data: 1'): Exchange => ({
  turn,
  attempt: 1,
  at: 10,
  request: { method: 'POST', url: 'https://models.example/', body: { text: '{}', bytes: 2 } },
  answer: { status: 200, contentType: 'text/event-stream', body: { text, bytes: text.length } },
})

async function storeWith(...runIds: string[]) {
  const folder = `${temporaryFolder()}/data`
  const store = await openStore(folder)
  onTestFinished(() => store.close())
  for (const runId of runIds) await store.log.create(spec(runId), numbered([started(spec(runId))]), 'running')
  return { store, folder }
}

test('exchanges are read back in order, by run, also right after they were kept', async () => {
  const { store } = await storeWith('a', 'b')
  store.exchanges.keep('a', () => exchange(1))
  store.exchanges.keep('b', () => exchange(1, 'of b'))
  store.exchanges.keep('a', () => exchange(2))
  expect(await store.exchanges.list('a')).toEqual([exchange(1), exchange(2)])
  expect(await store.exchanges.list('b')).toEqual([exchange(1, 'of b')])
})

test('what was kept right before the server stopped is there at the next start', async () => {
  const folder = `${temporaryFolder()}/data`
  const first = await openStore(folder)
  await first.log.create(spec('a'), numbered([started(spec('a'))]), 'running')
  first.exchanges.keep('a', () => exchange(1))
  await first.close()
  const second = await openStore(folder)
  onTestFinished(() => second.close())
  expect(await second.exchanges.list('a')).toEqual([exchange(1)])
})

test('of a run that has kept enough only sizes are kept from then on, with the reason', async () => {
  const { store } = await storeWith('a')
  const long = 'x'.repeat(MOST_OF_RUN / 2)
  for (const turn of [1, 2, 3]) store.exchanges.keep('a', () => exchange(turn, long))
  const bodies = (await store.exchanges.list('a')).map(({ answer }) => answer?.body)
  expect(bodies.map((body) => body?.bytes)).toEqual([long.length, long.length, long.length])
  expect(bodies.map((body) => body?.leftOut === undefined)).toEqual([true, false, false])
})

test('they go with their run, and for one that is gone nothing is kept', async () => {
  const { store } = await storeWith('a')
  store.exchanges.keep('a', () => exchange(1))
  await store.exchanges.idle()
  await store.database.deleteFrom('run').where('id', '=', 'a').execute()
  store.exchanges.keep('a', () => exchange(2))
  await store.exchanges.idle()
  expect(await store.database.selectFrom('exchange').selectAll().execute()).toEqual([])
})
