import type { RunEvent } from '@volley/shared/run/events.ts'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../store/store.ts'
import { aSpec, finished, numbered, started } from '../testing/logEvents.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { keepDigests } from './digests.ts'

async function aStore(runIds: string[]) {
  const store = await openStore(temporaryFolder())
  onTestFinished(() => store.close())
  const add = async (runId: string, end = true) => {
    const spec = aSpec(runId)
    const call = { type: 'call.emitted', turn: 1, call: 1, id: 'a', tool: 'tide', arguments: {} } as const
    const facts = [started(spec), { type: 'turn.started', turn: 1 } as const, call, ...(end ? [finished()] : [])]
    await store.log.create(spec, numbered(facts), end ? 'succeeded' : 'running')
  }
  for (const runId of runIds) await add(runId)
  const faults: unknown[] = []
  const keep = (read = store.log.read, put = store.digests.put) => {
    const digests = keepDigests({
      digests: { missing: store.digests.missing, put },
      log: { read },
      specOf: store.runs.spec,
      onFault: (fault, runId) => faults.push([runId, (fault as Error).message]),
    })
    onTestFinished(() => digests.stop())
    return digests
  }
  const found = async () => (await store.runs.list({ tool: 'tide', limit: 99 })).map(({ id }) => id)
  return { store, add, keep, found, faults }
}

test('runs of before are looked through after the start, and runs that end from then on at their end', async () => {
  const { add, keep, found, store } = await aStore(['a', 'b'])
  expect(await found()).toEqual([])
  const digests = keep()
  await digests.idle()
  expect(await found()).toEqual(['b', 'a'])
  await add('c')
  await add('d', false)
  digests.runEnded('c')
  await digests.idle()
  expect(await found()).toEqual(['c', 'b', 'a'])
  expect(await store.digests.missing(1, 9)).toEqual([])
  expect(await store.digests.missing(2, 9)).toEqual(['c', 'b', 'a'])
})

test('a log that cannot be read keeps back none of the others, and is not tried for ever', async () => {
  const { keep, found, faults, store } = await aStore(['a', 'b', 'c'])
  const read = async (runId: string, after: number): Promise<RunEvent[]> => {
    const events = await store.log.read(runId, after)
    return runId === 'b' ? events.slice(1) : events
  }
  await keep(read).idle()
  expect(await found()).toEqual(['c', 'a'])
  expect(faults).toEqual([['b', expect.stringContaining('does not follow')]])
})

test('what could not be stored is made up for when the next run ends', async () => {
  const { add, keep, found, faults, store } = await aStore(['a'])
  let isFull = true
  const put: typeof store.digests.put = async (...given) => {
    if (isFull) throw new Error('the disk is full')
    await store.digests.put(...given)
  }
  const digests = keep(store.log.read, put)
  await digests.idle()
  expect([await found(), faults]).toEqual([[], [['', 'the disk is full']]])
  isFull = false
  await add('b')
  digests.runEnded('b')
  await digests.idle()
  expect(await found()).toEqual(['b', 'a'])
})
