import { expect, test } from 'vitest'
import { aSpec, finished, numbered, started } from '../testing/logEvents.ts'
import { manualClock } from '../testing/manualClock.ts'
import type { Span } from './span.ts'
import { createTelemetry } from './telemetry.ts'

function aTelemetry(send: (spans: readonly Span[]) => Promise<string | null>) {
  const clock = manualClock()
  const told: unknown[] = []
  const telemetry = createTelemetry({
    send,
    read: async (runId) =>
      runId === 'gone'
        ? null
        : { events: numbered([started(aSpec(runId)), finished()]), spec: aSpec(runId), startedAt: 0 },
    clock,
    withContent: false,
    hide: (value) => value,
    onTrouble: (trouble) => told.push(trouble),
  })
  return { clock, told, telemetry }
}

const runsIn = (spans: readonly Span[]) => spans.map((span) => span.attributes['volley.run.id'])

test('runs that end within a second are sent together', async () => {
  const sent: unknown[] = []
  const { clock, telemetry } = aTelemetry(async (spans) => {
    sent.push(runsIn(spans))
    return null
  })
  for (const runId of ['a', 'gone', 'b']) telemetry.runEnded(runId)
  await clock.run(999)
  expect(sent).toEqual([])
  await clock.run(1000)
  expect(sent).toEqual([['a', 'b']])
})

test('many runs go in several pieces, one after another', async () => {
  const sizes: number[] = []
  let atOnce = 0
  const { clock, telemetry } = aTelemetry(async (spans) => {
    expect(++atOnce).toBe(1)
    await Promise.resolve()
    atOnce--
    sizes.push(spans.length)
    return null
  })
  for (let index = 0; index < 1100; index++) telemetry.runEnded(`run-${index}`)
  await clock.run()
  expect(sizes).toEqual([512, 512, 76])
})

test('a collector that is gone is told once, and once when it is back', async () => {
  let reason: string | null = 'connect ECONNREFUSED'
  const { clock, told, telemetry } = aTelemetry(async () => reason)
  for (const runId of ['a', 'b', 'c']) {
    telemetry.runEnded(runId)
    await clock.run()
  }
  expect(told).toEqual([{ is: 'failing', reason: 'connect ECONNREFUSED' }])
  reason = null
  telemetry.runEnded('d')
  await clock.run()
  expect(told.slice(1)).toEqual([{ is: 'over', lost: 3 }])
})

test('closing sends what waits, and waits five seconds at most for a collector that does not answer', async () => {
  const sent: unknown[] = []
  const quick = aTelemetry(async (spans) => {
    sent.push(runsIn(spans))
    return null
  })
  quick.telemetry.runEnded('a')
  await quick.telemetry.close()
  expect(sent).toEqual([['a']])

  const slow = aTelemetry(() => new Promise(() => {}))
  slow.telemetry.runEnded('a')
  slow.telemetry.runEnded('b')
  let isClosed = false
  const closing = slow.telemetry.close().then(() => {
    isClosed = true
  })
  await slow.clock.run(4999)
  expect(isClosed).toBe(false)
  await slow.clock.run(5000)
  await closing
  expect(slow.told).toEqual([])
})
