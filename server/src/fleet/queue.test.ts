import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openPostgres } from '../store/postgres.ts'
import { makeDatabase } from '../testing/postgres.ts'
import { openQueues } from './queue.ts'

const url = inject('postgres')

test.skipIf(!url)(
  'runs that wait for runs inside of them never take all places from these, however deep',
  async () => {
    const databaseUrl = await makeDatabase(url as string)
    const onFault = (fault: unknown) => {
      throw fault
    }
    const { db } = await openPostgres(databaseUrl, { onFault })
    const queues = await openQueues(databaseUrl, {
      onFault,
      atOnce: { 'volley-run': [2, 1, 1], 'volley-eval': [1] },
    })
    onTestFinished(async () => {
      await queues.close()
      await db.destroy()
    })
    const ended = new Map<string, () => void>()
    const isOver = (id: string) => new Promise<void>((resolve) => ended.set(id, resolve))
    // Three outermost runs, each with one inside, which has one inside.
    const outermost = ['a', 'b', 'c'].map((id) => isOver(id))
    await queues.runs.work(async ({ id }) => {
      if (id.length < 3) {
        const inner = isOver(`${id}x`)
        await queues.runs.send(db, `${id}x`, id.length)
        await inner
      }
      ended.get(id)?.()
    })
    for (const id of ['a', 'b', 'c']) await queues.runs.send(db, id)
    const late = new AbortController()
    const all = Promise.all(outermost).then(() => 'all ended')
    expect(await Promise.race([all, sleep(30_000, 'stuck', { signal: late.signal })])).toBe('all ended')
    late.abort()
  },
  40_000,
)
