import { expect, test } from 'vitest'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { aSpec } from '../testing/logEvents.ts'
import { joinFleet } from './fleet.ts'
import type { Handed } from './queue.ts'

test('a decision that meets a run just let go holds no one up, and is kept for who takes the run up next', async () => {
  const forgotten: number[] = []
  const faults: unknown[] = []
  const over = Promise.withResolvers<void>()
  let take: ((handed: Handed) => Promise<void>) | undefined
  const nothing = async () => {}
  const fleet = await joinFleet({
    store: {
      ownership: {
        claim: async () => ({ epoch: 1, spec: aSpec('run-1'), deaths: 0, cancelRequested: false }),
        epochOf: () => 1,
        stands: async () => true,
        release: nothing,
        outlive: nothing,
        sureAt: () => 0,
        requestCancel: async () => false,
        asked: async () => [],
        decide: async () => true,
        decisions: async () => [{ call: 1, approve: true }],
        forgetDecision: async (_runId, call) => void forgotten.push(call),
      },
      announce: nothing,
      onAnnouncement: () => {},
      runs: { status: async () => 'succeeded' },
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
      // As of a run that was let go before the decision was durable.
      decide: () => new Promise(() => {}),
      over: () => over.promise,
      letGo: nothing,
      fail: () => {},
      stop: nothing,
    },
    works: true,
    onFault: (fault) => faults.push(fault),
    lookMs: 3_600_000,
  })
  const taken = take?.({ id: 'run-1', signal: new AbortController().signal, holds: async () => true })
  over.resolve()
  await taken
  expect([forgotten, faults]).toEqual([[], []])
  await fleet.engine.stop()
  await fleet.stop()
})
