import { expect, inject, onTestFinished, test } from 'vitest'
import { aSpec, numbered, started, text } from '../testing/logEvents.ts'
import { makeDatabase } from '../testing/postgres.ts'
import { openSharedStore } from './sharedStore.ts'

const url = inject('postgres')
const yes = async () => true

/** So many servers on one store. */
async function sharing(count: number) {
  const address = await makeDatabase(url as string)
  const stores = []
  for (let at = 0; at < count; at++) {
    const store = await openSharedStore(address)
    onTestFinished(() => store.close())
    stores.push(store)
  }
  return stores as [(typeof stores)[0], (typeof stores)[0]]
}
const begin = async ({ log }: Awaited<ReturnType<typeof sharing>>[0], runId = 'run-1') => {
  const spec = aSpec(runId)
  await log.create(spec, numbered([started(spec)]), 'running')
}

test.skipIf(!url)('a former owner writes nothing once another server has claimed the run', async () => {
  const [one, other] = await sharing(2)
  await begin(one)
  expect(await one.ownership.claim('run-1', yes)).toMatchObject({ epoch: 1, deaths: 0, cancelRequested: false })
  await one.log.append('run-1', numbered([text('a')], 2), 'running')
  expect(await other.ownership.claim('run-1', yes)).toMatchObject({ epoch: 2, deaths: 1 })
  await expect(one.log.append('run-1', numbered([text('late')], 3), 'running')).rejects.toThrow('not ours')
  expect([await one.ownership.stands('run-1'), await other.ownership.stands('run-1')]).toEqual([false, true])
  await other.log.append('run-1', numbered([text('b')], 3), 'running')
  expect((await one.log.read('run-1', 0)).map(({ seq }) => seq)).toEqual([1, 2, 3])
})

test.skipIf(!url)('a claim whose job is not held any more changes nothing', async () => {
  const [one, other] = await sharing(2)
  await begin(one)
  await one.ownership.claim('run-1', yes)
  expect(await other.ownership.claim('run-1', async () => false)).toBeNull()
  expect(await one.ownership.stands('run-1')).toBe(true)
})

test.skipIf(!url)(
  'owners that were lost are counted in a row; one that gave the run up in good order ends the row',
  async () => {
    const [one, other] = await sharing(2)
    await begin(one)
    const deaths = async (store: typeof one) => (await store.ownership.claim('run-1', yes))?.deaths
    expect([await deaths(one), await deaths(other), await deaths(one)]).toEqual([0, 1, 2])
    await one.ownership.release('run-1')
    expect(await deaths(other)).toBe(0)
  },
)

test.skipIf(!url)(
  'a server that lost a run while it lived takes back that it died, as does one that claims it anew itself',
  async () => {
    const [one, other] = await sharing(2)
    await begin(one)
    const deaths = async (store: typeof one) => (await store.ownership.claim('run-1', yes))?.deaths
    expect([await deaths(one), await deaths(one), await deaths(other)]).toEqual([0, 0, 1])
    await one.ownership.outlive('run-1')
    // Said again, or by who owns it, it changes nothing.
    await one.ownership.outlive('run-1')
    expect([await other.ownership.stands('run-1'), await deaths(one)]).toEqual([true, 1])
  },
)

test.skipIf(!url)('a server is sure of a run for as long as it heard that its claim stands', async () => {
  const [one, other] = await sharing(2)
  await begin(one)
  await one.ownership.claim('run-1', yes)
  const { owns } = one.log
  expect(owns?.sureAt('run-1')).toBe(Number.NEGATIVE_INFINITY)
  const before = performance.now()
  expect(await owns?.ask('run-1')).toBe(true)
  expect(owns?.sureAt('run-1')).toBeGreaterThanOrEqual(before)
  await other.ownership.claim('run-1', yes)
  expect(await owns?.ask('run-1')).toBe(false)
})

test.skipIf(!url)(
  'events whose commit was answered to nobody are recognised, also when another server has gone on behind them',
  async () => {
    const [one, other] = await sharing(2)
    await begin(one)
    await one.ownership.claim('run-1', yes)
    const piece = numbered([text('a'), text('b')], 2)
    await one.log.append('run-1', piece, 'running')
    await other.ownership.claim('run-1', yes)
    await other.log.append('run-1', numbered([text('c')], 4), 'running')
    await one.log.append('run-1', piece, 'running')
    await begin(one)
    await expect(one.log.append('run-1', numbered([text('d')], 4), 'running')).rejects.toThrow('not ours')
    expect((await one.log.read('run-1', 0)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  },
)

test.skipIf(!url)('what one server stores wakes the reader on another', async () => {
  const [one, other] = await sharing(2)
  await begin(one)
  await one.ownership.claim('run-1', yes)
  const reader = other.log.tail('run-1', 1, new AbortController().signal)[Symbol.asyncIterator]()
  const next = reader.next()
  await one.log.append('run-1', numbered([text('a')], 2), 'running')
  expect((await next).value).toMatchObject([{ seq: 2 }])
  await reader.return?.()
})

test.skipIf(!url)('one decision on a call counts, whichever server hears it first', async () => {
  const [one, other] = await sharing(2)
  await begin(one)
  const made = await Promise.all([
    one.ownership.decide('run-1', { call: 1, approve: true }),
    other.ownership.decide('run-1', { call: 1, approve: false, reason: 'No.' }),
  ])
  expect(made.sort()).toEqual([false, true])
  expect(await other.ownership.decisions('run-1')).toHaveLength(1)
})

test.skipIf(!url)('a decision is forgotten by the owner of the run alone', async () => {
  const [one, other] = await sharing(2)
  await begin(one)
  await one.ownership.claim('run-1', yes)
  await other.ownership.decide('run-1', { call: 1, approve: true })
  await other.ownership.claim('run-1', yes)
  await one.ownership.forgetDecision('run-1', 1)
  expect(await other.ownership.decisions('run-1')).toHaveLength(1)
  await other.ownership.forgetDecision('run-1', 1)
  expect(await other.ownership.decisions('run-1')).toEqual([])
})

test.skipIf(!url)('a text that servers have in common is made once', async () => {
  const [one, other] = await sharing(2)
  const texts = await Promise.all([one.keptText('token', () => 'a'), other.keptText('token', () => 'b')])
  expect(new Set(texts).size).toBe(1)
})
