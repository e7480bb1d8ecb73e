import { expect, onTestFinished, test } from 'vitest'
import type { WorkingEngine } from '../engine/ports.ts'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import type { Ownership } from '../store/ownership.ts'
import { aSpec } from '../testing/logEvents.ts'
import { joinFleet } from './fleet.ts'
import type { Handed } from './queue.ts'

const nothing = async () => {}

/** A server that was handed one run, which goes on until `over` resolves. */
async function holding({
  ownership,
  engine,
  lookMs = 3_600_000,
}: {
  ownership: Partial<Ownership>
  engine: Partial<WorkingEngine>
  lookMs?: number
}) {
  const faults: unknown[] = []
  const over = Promise.withResolvers<void>()
  let take: ((handed: Handed) => Promise<void>) | undefined
  const fleet = await joinFleet({
    store: {
      ownership: {
        claim: async () => ({ epoch: 1, spec: aSpec('run-1'), deaths: 0, cancelRequested: false }),
        epochOf: () => 1,
        sureAt: () => 0,
        stands: async () => true,
        release: nothing,
        outlive: nothing,
        requestCancel: async () => false,
        asked: async () => [],
        decide: async () => true,
        decisions: async () => [{ call: 1, approve: true }],
        forgetDecision: nothing,
        ...ownership,
      },
      announce: nothing,
      onAnnouncement: () => {},
      runs: { status: async () => 'succeeded', spec: async () => null },
      log: createMemoryEventLog(),
      database: {} as never,
    },
    queue: {
      name: 'runs',
      send: nothing,
      rest: nothing,
      work: async (given) => {
        take = given
      },
    },
    engine: {
      start: nothing,
      resume: nothing,
      cancel: async () => false,
      decide: async () => true,
      over: () => over.promise,
      letGo: nothing,
      fail: () => {},
      stop: nothing,
      ...engine,
    },
    works: true,
    onFault: (fault) => faults.push(fault),
    lookMs,
  })
  onTestFinished(async () => {
    over.resolve()
    await fleet.engine.stop()
    await fleet.stop()
  })
  const hand = (signal = new AbortController().signal) => take?.({ id: 'run-1', signal, holds: async () => true })
  return { fleet, faults, over, hand, taken: hand() }
}

test('a decision that meets a run just let go holds no one up, and is kept for who takes the run up next', async () => {
  const forgotten: number[] = []
  const { over, taken, faults } = await holding({
    ownership: { forgetDecision: async (_runId, call) => void forgotten.push(call) },
    // As of a run that was let go before the decision was durable.
    engine: { decide: () => new Promise(() => {}) },
  })
  over.resolve()
  await taken
  expect([forgotten, faults]).toEqual([[], []])
})

test('a store that breaks while a run is taken up takes the run from no one; what was decided is looked for again', async () => {
  const broken = new Error('the connection broke')
  const said: string[] = []
  const { faults } = await holding({
    ownership: {
      decisions: async () => {
        if (said.push('asked') === 1) throw broken
        return [{ call: 1, approve: true }]
      },
      asked: async () => [{ runId: 'run-1', isWaiting: true, cancelRequested: false, isDecided: true }],
      release: async () => void said.push('released'),
    },
    engine: { decide: async () => said.push('decided') > 0 },
    lookMs: 10,
  })
  await expect.poll(() => said.slice(0, 3)).toEqual(['asked', 'asked', 'decided'])
  expect(faults[0]).toBe(broken)
  expect(said).not.toContain('released')
})

test('a run whose job was lost and came back to the same server goes on there, and is given up once', async () => {
  const said: string[] = []
  let epoch = 0
  const { over, hand, taken } = await holding({
    ownership: {
      claim: async () => ({ epoch: ++epoch, spec: aSpec('run-1'), deaths: 0, cancelRequested: false }),
      release: async () => void said.push('released'),
      outlive: async () => void said.push('outlived'),
    },
    engine: { letGo: async () => void said.push('let go') },
  })
  const losing = new AbortController()
  const lost = hand(losing.signal)
  await expect.poll(() => epoch).toBe(2)
  const again = hand()
  await expect.poll(() => epoch).toBe(3)
  losing.abort()
  over.resolve()
  await Promise.all([taken, lost, again])
  expect(said).toEqual(['released'])
})

test('a cancel of a run that goes on here is stored, too: another server may have taken it without this one knowing', async () => {
  const stored: string[] = []
  const { fleet } = await holding({
    ownership: { requestCancel: async (runId) => stored.push(runId) > 0 },
    engine: { cancel: async () => true },
  })
  expect(await fleet.engine.cancel('run-1')).toBe(true)
  expect(stored).toEqual(['run-1'])
})
