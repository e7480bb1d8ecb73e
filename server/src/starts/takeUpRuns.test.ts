import { expect, test } from 'vitest'
import type { Engine, RunSpec } from '../engine/ports.ts'
import { takeUpRuns } from './takeUpRuns.ts'

const spec = (runId: string) => ({ runId }) as RunSpec

/** An engine whose taking up of runs is let through one by one. */
function slowEngine() {
  const running = new Set<string>()
  const held: (() => void)[] = []
  const log: string[] = []
  const engine: Engine = {
    start: async () => {},
    async resume({ runId }) {
      await new Promise<void>((resolve) => held.push(resolve))
      if (runId === 'broken') throw new Error('its log cannot be read')
      running.add(runId)
      log.push(runId)
    },
    cancel: async (runId) => running.delete(runId),
    decide: async (runId) => running.has(runId),
    stop: async () => void log.push('stopped'),
  }
  const letThrough = async () => {
    while (held.length === 0) await new Promise<void>((resolve) => setImmediate(resolve))
    held.shift()?.()
  }
  return { engine, letThrough, log }
}

test('a run that is still to be taken up can be cancelled and decided, and a broken log keeps no other back', async () => {
  const { engine, letThrough, log } = slowEngine()
  const faults: string[] = []
  const takenUp = takeUpRuns(
    engine,
    { runIds: ['broken', 'one', 'two'], specOf: async (runId) => spec(runId) },
    (_fault, runId) => faults.push(runId),
  )
  const decided = takenUp.engine.decide('one', 1, { approve: true })
  const cancelled = takenUp.engine.cancel('two')
  const unknown = takenUp.engine.cancel('three')
  for (let run = 0; run < 3; run++) await letThrough()
  expect(await Promise.all([decided, cancelled, unknown])).toEqual([true, true, false])
  expect([log, faults]).toEqual([['one', 'two'], ['broken']])
})

test('a server that stops meanwhile takes up no more, and stops after the one it is at', async () => {
  const { engine, letThrough, log } = slowEngine()
  const takenUp = takeUpRuns(engine, { runIds: ['one', 'two'], specOf: async (runId) => spec(runId) }, () => {})
  const stopped = takenUp.engine.stop()
  await letThrough()
  await stopped
  expect(log).toEqual(['one', 'stopped'])
})
