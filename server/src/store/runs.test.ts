import { beforeEach, expect, test } from 'vitest'
import { aSpec, EMPTY_SUMMARY, finished, numbered, started, text } from '../testing/logEvents.ts'
import { onEachStore } from '../testing/stores.ts'
import { createRunDigests } from './runDigests.ts'
import type { Store } from './store.ts'

let store: Store
let time: Date
async function aRun(runId: string, { flowId = null as string | null, end = true, key = '' } = {}) {
  const spec = aSpec(runId, {
    origin: { id: flowId, version: flowId ? 1 : null },
    ...(key ? { startKey: { key, bodyHash: `of ${runId}` } } : {}),
  })
  const facts = end ? [started(spec), finished()] : [started(spec), text('half')]
  await store.log.create(spec, numbered(facts), end ? 'succeeded' : 'running')
}

onEachStore((_kind, open) => {
  beforeEach(async () => {
    time = new Date('2026-01-01T00:00:00Z')
    store = await open({ now: () => time })
  })

  test('lists runs newest first, by flow, by status, in pages', async () => {
    await aRun('1', { flowId: 'harbour' })
    await aRun('2', { flowId: 'harbour', end: false })
    await aRun('3')
    const ids = async (filter: Partial<Parameters<Store['runs']['list']>[0]>) =>
      (await store.runs.list({ limit: 10, ...filter })).map((run) => run.id)
    expect(await ids({})).toEqual(['3', '2', '1'])
    expect(await ids({ flowId: 'harbour' })).toEqual(['2', '1'])
    expect(await ids({ status: 'running' })).toEqual(['2'])
    expect(await ids({ limit: 1, before: '3' })).toEqual(['2'])
    expect(await store.runs.unfinished()).toEqual(['2'])
  })

  test('what runs can be filtered by is looked for among the newest, and it is said when those are not all', async () => {
    await aRun('1', { flowId: 'old' })
    await aRun('2', { flowId: 'harbour' })
    await aRun('3', { flowId: 'harbour' })
    const flows = async (facetRuns: number) => {
      const { ofNewest, flows } = await createRunDigests(store.database, { facetRuns }).facets(undefined)
      return { ofNewest, flows: flows.map(({ id, runs }) => `${id} ${runs}`) }
    }
    expect(await flows(2)).toEqual({ ofNewest: 2, flows: ['harbour 2'] })
    expect(await flows(3)).toEqual({ ofNewest: undefined, flows: ['harbour 2', 'old 1'] })
  })

  test('an entry of the list tells the outcome from the events', async () => {
    await aRun('1', { flowId: 'harbour' })
    await aRun('2', { end: false })
    const [open, done] = await store.runs.list({ limit: 10 })
    expect(done).toEqual({
      id: '1',
      flow: { id: 'harbour', name: 'Berth plan', version: 1 },
      status: 'succeeded',
      input: 'Report.',
      provider: 'simulated',
      model: 'simulated-1',
      createdAt: time.toISOString(),
      finishedAt: time.toISOString(),
      summary: EMPTY_SUMMARY,
      costUsd: null,
      findings: [],
    })
    expect([open?.status, open?.finishedAt, open?.summary]).toEqual(['running', null, null])
  })

  test('a start key is kept for 24 hours, with the run or not at all', async () => {
    await aRun('1', { key: 'once' })
    expect(await store.runs.startedWith('once')).toEqual({ runId: '1', bodyHash: 'of 1' })
    await expect(aRun('2', { key: 'once' })).rejects.toThrow('the idempotency key "once" has started another run')
    expect(await store.runs.status('2')).toBe(null)

    time = new Date('2026-01-02T00:00:01Z')
    expect(await store.runs.startedWith('once')).toBe(null)
    await aRun('3', { key: 'once' })
    expect((await store.runs.startedWith('once'))?.runId).toBe('3')
  })

  test('the key is not part of the stored spec', async () => {
    await aRun('1', { key: 'once' })
    expect(await store.runs.spec('1')).not.toHaveProperty('startKey')
  })
})
