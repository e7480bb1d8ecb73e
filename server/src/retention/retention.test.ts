import { expect, onTestFinished, test } from 'vitest'
import { TABLES_OF_RUNS } from '../store/expiredRuns.ts'
import { openStore } from '../store/store.ts'
import { aSpec, finished, numbered, started, text } from '../testing/logEvents.ts'
import { manualClock } from '../testing/manualClock.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { testApp } from '../testing/testApp.ts'
import { keepRetention } from './retention.ts'

const DAY_MS = 86_400_000

/** A store with runs that ended so many days before the first of June, and one that goes on for a hundred. */
async function aStore(daysAgo: number[]) {
  const today = Date.UTC(2026, 5, 1)
  let time = new Date(today)
  const store = await openStore(temporaryFolder(), { now: () => time })
  onTestFinished(() => store.close())
  const add = async (runId: string, days: number, end: boolean, more: Parameters<typeof aSpec>[1] = {}) => {
    time = new Date(today - days * DAY_MS)
    const spec = aSpec(runId, more)
    const facts = end ? [started(spec), finished()] : [started(spec), text('half')]
    await store.log.create(spec, numbered(facts), end ? 'succeeded' : 'running')
    time = new Date(today)
  }
  await add('run-0-open', 100, false)
  for (const [index, days] of daysAgo.entries()) await add(`run-${index + 1}`, days, true)
  const left = async () => (await store.runs.list({ limit: 99 })).map(({ id }) => id)
  return { store, add, left }
}

function keeperOf(store: Awaited<ReturnType<typeof aStore>>['store']) {
  const clock = manualClock()
  const deleted: number[] = []
  const keeper = keepRetention({
    settings: store.settings,
    expired: store.expired,
    clock,
    onDeleted: (count) => deleted.push(count),
    onFault: (fault) => {
      throw fault
    },
  })
  onTestFinished(() => keeper.stop())
  return { keeper, clock, deleted }
}

test('nothing is deleted before someone asks for it, and a preview deletes nothing', async () => {
  const { store, left } = await aStore([40, 20, 1])
  const { keeper, clock } = keeperOf(store)
  await clock.run(1)
  expect(await keeper.get()).toEqual({ days: null, runs: null })
  expect(await keeper.preview({ days: 30, runs: null })).toEqual({ deletes: 1, finished: 3 })
  expect(await keeper.preview({ days: null, runs: 1 })).toEqual({ deletes: 2, finished: 3 })
  expect(await keeper.preview({ days: 10, runs: 2 })).toEqual({ deletes: 2, finished: 3 })
  expect(await left()).toEqual(['run-3', 'run-2', 'run-1', 'run-0-open'])
})

test('old runs go with all that was stored of them, unfinished ones stay, and the setting survives a restart', async () => {
  const { store, left } = await aStore([40, 20, 1])
  const first = keeperOf(store)
  await first.keeper.set({ days: 30, runs: null })
  await expect.poll(left).toEqual(['run-3', 'run-2', 'run-0-open'])
  await first.keeper.stop()
  expect([await store.log.read('run-1', 0), await store.runs.spec('run-1')]).toEqual([[], null])

  const again = keeperOf(store)
  expect(await again.keeper.get()).toEqual({ days: 30, runs: null })
})

test('nothing of a deleted run stays in any table', async () => {
  const { store } = await aStore([])
  const tables = await store.database.introspection.getTables()
  const ofRuns = tables
    .filter(({ columns }) => columns.some(({ name }) => name === 'run_id'))
    .map(({ name }) => name)
    // What a run was worth in an eval outlives it.
    .filter((name) => name !== 'eval_result')
  expect([...TABLES_OF_RUNS].sort()).toEqual(ofRuns.sort())
})

test('it is applied every hour', async () => {
  const { store, add, left } = await aStore([1])
  const { keeper, clock, deleted } = keeperOf(store)
  await keeper.set({ days: null, runs: 1 })
  await clock.run(3_599_999)
  await add('run-9', 0, true)
  expect(await left()).toEqual(['run-9', 'run-1', 'run-0-open'])
  await clock.run(3_600_000)
  await expect.poll(left).toEqual(['run-9', 'run-0-open'])
  expect(deleted).toEqual([1])
})

test('a run that an unfinished one still needs is kept', async () => {
  const { store, add, left } = await aStore([40, 40])
  await add('run-replays', 0, false, { replay: { of: 'run-1', model: 'recorded', tools: 'live' } })
  await store.log.append('run-0-open', numbered([{ type: 'call.nested', call: 1, runId: 'run-2' }], 3), 'running')
  await add('run-3', 40, true)
  const { keeper } = keeperOf(store)
  await keeper.set({ days: 30, runs: null })
  await expect.poll(left).toEqual(['run-replays', 'run-2', 'run-1', 'run-0-open'])
})

test('over HTTP: the preview says how many, saving is noted, and what makes no sense is refused', async () => {
  const { call } = await testApp()
  for (const input of ['a', 'b', 'c']) await call('POST', '/api/runs', { flow: FLOW, input })
  expect((await call('GET', '/api/retention/preview?runs=2')).body).toEqual({ deletes: 1, finished: 3 })
  expect((await call('GET', '/api/retention/preview?runs=0')).status).toBe(422)
  expect((await call('PUT', '/api/retention', { days: 0, runs: null })).status).toBe(422)
  expect((await call('PUT', '/api/retention', { days: null, runs: 2 })).status).toBe(200)
  await expect.poll(async () => (await call('GET', '/api/runs')).body.items.length).toBe(2)
  expect((await call('GET', '/api/retention')).body).toEqual({ days: null, runs: 2 })
  const audited = async () =>
    (await call('GET', '/api/audit')).body.items.map(({ what, detail }: Record<string, unknown>) => [what, detail])
  await expect.poll(audited).toEqual([
    ['runs_deleted', { runs: 1 }],
    ['retention_set', { days: null, runs: 2 }],
  ])
})

const FLOW = { format: 'volley.flow/1', name: 'Tides', agent: { provider: 'simulated', model: 'm' }, tools: [] }
