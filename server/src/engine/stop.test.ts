import { expect, test } from 'vitest'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { type ManualClock, manualClock } from '../testing/manualClock.ts'
import { aFlow, aTool, RUN } from '../testing/runWith.ts'
import { scriptedModel } from '../testing/scriptedModel.ts'
import { createEngine } from './engine.ts'
import { type EventLog, PassingFault, type ToolOutcome } from './ports.ts'

/** An engine on a log whose appends wait to be let through, with one call of `pay` under way. */
async function paying({
  holdMs = 0,
  calls = 1,
  concurrency = 32,
  approval = 'never' as 'never' | 'always',
  owns = (_clock: ManualClock): EventLog['owns'] => undefined,
} = {}) {
  const clock = manualClock()
  const ownership = owns(clock)
  const stored = createMemoryEventLog()
  const disk = { isFull: false, isSlow: false, waiting: [] as (() => void)[] }
  const log: EventLog = {
    ...stored,
    async append(...given) {
      if (disk.isFull) throw new PassingFault('the disk is full')
      if (disk.isSlow) await new Promise<void>((resolve) => disk.waiting.push(resolve))
      return stored.append(...given)
    },
    ...(ownership ? { owns: ownership } : {}),
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
  const flow = aFlow([aTool('pay', { policy: { approval } })], [], { limits: { concurrency } })
  const spec = { runId: RUN, flow, origin: { id: null, version: null }, input: 'Pay.', variables: {} }
  await engine.start(spec)
  await clock.run(10)
  return {
    engine,
    clock,
    disk,
    faults,
    payments,
    spec,
    log,
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

test('that a decision was taken before is said only when that one is stored, and never of a run that was let go', async () => {
  const { engine, disk } = await paying({ approval: 'always' })
  disk.isSlow = true
  const heard: unknown[] = []
  const decide = () => void engine.decide(RUN, 1, { approve: true }).then((taken) => heard.push(taken))
  decide()
  decide()
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toEqual([])
  const letGo = engine.letGo(RUN)
  decide()
  disk.isSlow = false
  for (const goOn of disk.waiting) goOn()
  await letGo
  expect(heard).toEqual([true, false])
})

test('a server that stops lets the calls that run end within its grace, begins nothing, and goes as soon as nothing runs', async () => {
  const { engine, clock, payments, types } = await paying({ calls: 2, concurrency: 1 })
  let isStopped = false
  const stopped = engine.stop({ graceMs: 8_000 }).then(() => {
    isStopped = true
  })
  await clock.run(3_000)
  expect(isStopped).toBe(false)
  payments[0]?.({ ok: true, result: 'paid' })
  await clock.run(3_020)
  await stopped
  const written = await types()
  expect(written.filter((type) => type === 'call.succeeded')).toHaveLength(1)
  expect(written.filter((type) => type === 'call.started')).toHaveLength(1)
  expect(payments).toHaveLength(1)
  expect(written).not.toContain('run.finished')
})

test('a message that is being written when the server stops may end; the next turn is for the next server', async () => {
  const { engine, clock, payments, types } = await paying({ holdMs: 2_000 })
  payments[0]?.({ ok: true, result: 'paid' })
  await clock.run(100)
  const stopped = engine.stop({ graceMs: 8_000 })
  await clock.run(4_000)
  await stopped
  // It was the last one, so that the run has ended with it.
  expect((await types()).slice(-3)).toEqual(['message.finished', 'turn.finished', 'run.finished'])
})

test.each([
  ['the grace is over', false],
  ['someone is in a hurry', true],
])('a call that runs on is cut when %s', async (_when, isHurried) => {
  const { engine, clock, types } = await paying()
  const hurry = new AbortController()
  const stopped = engine.stop({ graceMs: 8_000, hurry: hurry.signal })
  await clock.run(1_000)
  if (isHurried) hurry.abort()
  else await clock.run(8_100)
  await stopped
  expect((await types()).at(-1)).toBe('call.started')
})

test('a run that comes while the server stops is stored for the next one, and not begun', async () => {
  const { engine, clock, payments, spec, log } = await paying()
  const stopped = engine.stop({ graceMs: 8_000 })
  await engine.start({ ...spec, runId: 'run-2' })
  payments[0]?.({ ok: true, result: 'paid' })
  await clock.run(1_000)
  await stopped
  expect((await log.read('run-2', 0)).map(({ type }) => type)).toEqual(['run.started'])
})

test('a server that is not sure of a run asks once before an attempt, again while the store is away, and begins', async () => {
  const asked: number[] = []
  let sureAt = Number.NEGATIVE_INFINITY
  const { clock, payments } = await paying({
    owns: (clock) => ({
      sureAt: () => sureAt,
      async ask() {
        asked.push(clock.now())
        if (asked.length < 3) throw new PassingFault('the database cannot be reached')
        sureAt = clock.now()
        return true
      },
    }),
  })
  await clock.run(5_000)
  expect([asked, payments.length]).toEqual([[0, 1_000, 2_000], 1])
})

test('a call whose run was taken from its server before it could begin is not begun', async () => {
  const { clock, payments } = await paying({
    owns: () => ({ sureAt: () => Number.NEGATIVE_INFINITY, ask: async () => false }),
  })
  await clock.run(5_000)
  expect(payments).toHaveLength(0)
})
