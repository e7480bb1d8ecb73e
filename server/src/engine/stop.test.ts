import { expect, test } from 'vitest'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { manualClock } from '../testing/manualClock.ts'
import { aFlow, aTool, RUN } from '../testing/runWith.ts'
import { scriptedModel } from '../testing/scriptedModel.ts'
import { createEngine } from './engine.ts'
import { type EventLog, PassingFault, type ToolOutcome } from './ports.ts'

/** An engine on a log whose appends wait to be let through, with one call of `pay` under way. */
async function paying({ holdMs = 0, calls = 1, approval = 'never' as 'never' | 'always' } = {}) {
  const clock = manualClock()
  const stored = createMemoryEventLog()
  const disk = { isFull: false, isSlow: false, waiting: [] as (() => void)[] }
  const log: EventLog = {
    ...stored,
    async append(...given) {
      if (disk.isFull) throw new PassingFault('the disk is full')
      if (disk.isSlow) await new Promise<void>((resolve) => disk.waiting.push(resolve))
      return stored.append(...given)
    },
  }
  const { models } = scriptedModel(clock, [
    { calls: Array.from({ length: calls }, () => ({ tool: 'pay' })) },
    { text: 'Paid.', holdMs },
  ])
  const payments: ((outcome: ToolOutcome) => void)[] = []
  const faults: unknown[] = []
  const engine = createEngine({
    models,
    tools: { run: () => new Promise<ToolOutcome>((resolve) => payments.push(resolve)) },
    log,
    clock,
    randomness: { next: () => 0.5 },
    validate: () => null,
    onFault: (fault) => faults.push(fault),
  })
  const flow = aFlow([aTool('pay', { policy: { approval } })])
  const spec = { runId: RUN, flow, origin: { id: null, version: null }, input: 'Pay.', variables: {} }
  await engine.start(spec)
  await clock.run(10)
  return {
    engine,
    clock,
    disk,
    faults,
    payments,
    types: async () => (await log.read(RUN, 0)).map(({ type }) => type),
  }
}

test('a server that stops stores what its calls had finished, so that nothing unrepeatable counts as interrupted', async () => {
  const { engine, clock, disk, payments, types } = await paying({ holdMs: 60_000, calls: 2 })
  disk.isSlow = true
  // The second payment ends while the first one's end is being written.
  for (const [index, end] of payments.entries()) {
    end({ ok: true, result: 'paid' })
    await clock.run(20 + index)
  }
  const stopped = engine.stop()
  disk.isSlow = false
  for (const goOn of disk.waiting) goOn()
  await stopped
  expect((await types()).filter((type) => type === 'call.succeeded')).toHaveLength(2)
  expect(await types()).not.toContain('run.finished')
})

test('a server stops although its disk is full, also when a run waits for its end to be stored', async () => {
  const { engine, clock, disk, payments, faults, types } = await paying()
  disk.isFull = true
  payments[0]?.({ ok: true, result: 'paid' })
  await clock.run(1500)
  await engine.stop()
  expect(faults).toHaveLength(1)
  expect(await types()).not.toContain('call.succeeded')
})

test('a decision counts as taken once it is stored, and only where one was awaited', async () => {
  const { engine, clock, disk, types } = await paying({ approval: 'always' })
  disk.isSlow = true
  let isTaken = false
  const decision = engine.decide(RUN, 1, { approve: true }).then((taken) => {
    isTaken = taken
  })
  await clock.run(20)
  expect([isTaken, (await types()).includes('call.approved')]).toEqual([false, false])
  disk.isSlow = false
  for (const goOn of disk.waiting) goOn()
  await decision
  expect([isTaken, (await types()).includes('call.approved')]).toEqual([true, true])
  expect(await engine.decide(RUN, 1, { approve: true })).toBe(false)
  expect(await engine.decide('no-run', 1, { approve: true })).toBe(false)
})
