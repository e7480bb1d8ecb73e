import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunEvent, RunFact } from './events.ts'
import { EMPTY_LOG, extendLog, type RunLog, runAt, stepFrom } from './log.ts'
import { runFromEvents } from './state.ts'

const usage = { inputTokens: 5, outputTokens: 2 }
const problem = { code: 'tool_error', message: 'No.' } as const

/** A run of one turn: each call is asked for, started, now and then tried again, and ended; pauses are the times between the facts. */
function eventsOf(calls: readonly { fails: boolean; retries: boolean }[], pauses: readonly number[]): RunEvent[] {
  const facts: RunFact[] = [
    {
      type: 'run.started',
      runId: 'r',
      flow: { id: null, name: 'f', version: null },
      input: 'i',
      parallelism: 'graph',
      provider: 'simulated',
      model: 'm',
    },
    { type: 'turn.started', turn: 1 },
  ]
  calls.forEach((_, index) => {
    const call = index + 1
    facts.push({ type: 'text.delta', turn: 1, text: `${call} ` })
    facts.push({ type: 'call.emitted', turn: 1, call, id: `c${call}`, tool: `tool_${call % 3}`, arguments: { call } })
    if (call > 1) facts.push({ type: 'call.waiting', call, waitsFor: [call - 1] })
  })
  facts.push({ type: 'message.finished', turn: 1, usage, stopReason: 'calls' })
  calls.forEach(({ fails, retries }, index) => {
    const call = index + 1
    facts.push({ type: 'call.started', call, attempt: 1, arguments: {}, eager: false })
    if (retries) {
      facts.push({ type: 'call.retrying', call, attempt: 1, error: problem, delayMs: 1 })
      facts.push({ type: 'call.started', call, attempt: 2, arguments: {}, eager: false })
    }
    if (fails) facts.push({ type: 'call.failed', call, error: problem })
    else facts.push({ type: 'call.succeeded', call, result: { call }, durationMs: 1 })
  })
  facts.push({ type: 'turn.finished', turn: 1, usage, stopReason: 'calls' })
  let at = 0
  return facts.map((fact, index) => {
    at += pauses[index % pauses.length] ?? 0
    return { ...fact, seq: index + 1, at }
  })
}

const someEvents = fc
  .tuple(
    fc.array(fc.record({ fails: fc.boolean(), retries: fc.boolean() }), { maxLength: 90 }),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
  )
  .map(([calls, pauses]) => eventsOf(calls, pauses))

function logOf(events: readonly RunEvent[], batch: number): RunLog {
  let log = EMPTY_LOG
  for (let from = 0; from < events.length; from += batch) log = extendLog(log, events.slice(from, from + batch))
  return log
}

const until = (events: readonly RunEvent[], at: number) => runFromEvents(events.filter((event) => event.at <= at))

describe('the run at a time', () => {
  test('is the fold of the events up to it, however they came and wherever one comes from', () => {
    fc.assert(
      fc.property(
        someEvents,
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.double({ min: 0, max: 1.2, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (events, batch, shares) => {
          const log = logOf(events, batch)
          const length = events.at(-1)?.at ?? 0
          let near = log.run
          for (const share of shares) {
            near = runAt(log, share * length, near)
            expect(near).toEqual(until(events, share * length))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is the whole run at its end and nothing before its beginning', () => {
    const events = eventsOf([{ fails: false, retries: false }], [3])
    const log = logOf(events, 4)
    expect(runAt(log, events.at(-1)?.at ?? 0)).toEqual(log.run)
    expect(runAt(log, -1).lastSeq).toBe(0)
    expect(runAt(EMPTY_LOG, 10).lastSeq).toBe(0)
  })

  test('stays the very same state where nothing happened in between', () => {
    const log = logOf(eventsOf([{ fails: true, retries: false }], [10]), 100)
    const early = runAt(log, 20)
    expect(runAt(log, 29, early)).toBe(early)
  })

  test('stands whole however many events it has, one chunk away at most', () => {
    const log = logOf(eventsOf(new Array(400).fill({ fails: false, retries: true }), [1]), 1_000_000)
    expect(Math.max(...log.chunks.map(({ events }) => events.length))).toBe(128)
  })
})

test('steps go to the next change of a call or a turn, and pass over words', () => {
  const log = logOf(eventsOf(new Array(3).fill({ fails: false, retries: false }), [10]), 3)
  // 10 run.started, 20 turn.started, 30 text, 40 call.emitted, 50 text, 60 call.emitted …
  expect(stepFrom(log, 20, 1)).toBe(40)
  expect(stepFrom(log, 40, 1)).toBe(60)
  expect(stepFrom(log, 60, -1)).toBe(40)
  expect(stepFrom(log, 10, -1)).toBe(null)
  expect(stepFrom(log, log.run.at, 1)).toBe(null)
})
