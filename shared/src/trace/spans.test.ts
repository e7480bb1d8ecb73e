import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunEvent, RunFact } from '../run/events.ts'
import { type RunState, runFromEvents } from '../run/state.ts'
import { NO_USAGE } from '../run/usage.ts'
import { numbersOf } from './numbers.ts'
import { endOf } from './span.ts'
import { type CallRow, type Row, rowsOf } from './spans.ts'

/** A run of these facts, each at its time. */
function aRun(...facts: [number, RunFact][]): RunState {
  return runFromEvents([STARTED, ...facts].map(([at, fact], index): RunEvent => ({ ...fact, at, seq: index + 1 })))
}
const STARTED: [number, RunFact] = [
  0,
  {
    type: 'run.started',
    runId: 'r',
    flow: { id: null, name: 'f', version: null },
    input: '',
    parallelism: 'graph',
    provider: 'simulated',
    model: 'm',
  },
]
const turn = (at: number, number = 1): [number, RunFact] => [at, { type: 'turn.started', turn: number }]
const emit = (at: number, call: number, args: unknown = {}, tool = 'geocode'): [number, RunFact] => [
  at,
  { type: 'call.emitted', turn: 1, call, id: `c${call}`, tool, arguments: args },
]
const wait = (at: number, call: number, ...waitsFor: number[]): [number, RunFact] => [
  at,
  { type: 'call.waiting', call, waitsFor },
]
const start = (at: number, call: number, attempt = 1): [number, RunFact] => [
  at,
  { type: 'call.started', call, attempt, arguments: {}, eager: false },
]
const succeed = (at: number, call: number, durationMs: number): [number, RunFact] => [
  at,
  { type: 'call.succeeded', call, result: 1, durationMs },
]
const silent = (at: number): [number, RunFact] => [
  at,
  { type: 'message.finished', turn: 1, usage: NO_USAGE, stopReason: 'calls' },
]
const callRows = (run: RunState) => rowsOf(run).filter((row): row is CallRow => row.kind === 'call')

test('the model bar ends with its message, though its calls go on', () => {
  const run = aRun(turn(5), emit(50, 1), start(60, 1), silent(80))
  expect(rowsOf(run)[0]).toMatchObject({ kind: 'model', turn: 1, span: { from: 5, to: 80 }, calls: 1 })
  expect(callRows(run)[0]?.run).toEqual({ from: 60, to: null })
})

test('waiting for calls is told apart from standing in line for a place', () => {
  const run = aRun(
    turn(0),
    emit(10, 1),
    emit(20, 2),
    wait(20, 2, 1),
    start(30, 1),
    succeed(100, 1, 70),
    wait(100, 2),
    start(140, 2),
    succeed(200, 2, 60),
  )
  expect(callRows(run)[1]).toMatchObject({
    waits: [
      { from: 20, to: 100, why: 'calls' },
      { from: 100, to: 140, why: 'place' },
    ],
    run: { from: 140, to: 200 },
    releasedBy: 1,
    waitsFor: [1],
  })
})

test('a call that still waits has an open span and nobody who released it', () => {
  const run = aRun(turn(0), emit(10, 1), emit(20, 2), wait(20, 2, 1), start(30, 1))
  expect(callRows(run)[1]).toMatchObject({
    waits: [{ from: 20, to: null, why: 'calls' }],
    run: null,
    releasedBy: null,
  })
})

test('the time a person took to approve is told apart', () => {
  const run = aRun(
    turn(0),
    emit(10, 1),
    [12, { type: 'call.awaiting_approval', call: 1 }],
    [90, { type: 'call.approved', call: 1 }],
    start(91, 1),
  )
  expect(callRows(run)[0]).toMatchObject({
    waits: [{ from: 10, to: 91, why: 'approval' }],
    run: { from: 91, to: null },
  })
})

test('a limit over all runs keeps a call in line after the person who approved it, and a turn before its message', () => {
  const limit = { of: 'tool', name: 'geocode', kind: 'places', most: 1 } as const
  const run = aRun(
    turn(0),
    [0, { type: 'turn.waiting', turn: 1, limit: { of: 'provider', name: 'openai', kind: 'pause' } }],
    [4, { type: 'turn.waiting', turn: 1 }],
    emit(5, 1),
    [5, { type: 'message.finished', turn: 1, usage: NO_USAGE, stopReason: 'calls' }],
    [5, { type: 'call.awaiting_approval', call: 1 }],
    [20, { type: 'call.approved', call: 1 }],
    [20, { type: 'call.waiting', call: 1, waitsFor: [], limit }],
    start(30, 1),
  )
  const [model, call] = rowsOf(run)
  expect(model).toMatchObject({ queued: [{ from: 0, to: 4 }], pauses: [], heldBy: null })
  expect(call).toMatchObject({
    waits: [
      { from: 5, to: 20, why: 'approval' },
      { from: 20, to: 30, why: 'place' },
    ],
  })
})

test('a skipped call shows how long it waited and never ran', () => {
  const error = { code: 'dependency_failed' as const, message: 'no', call: 1 }
  const run = aRun(
    turn(0),
    emit(10, 1),
    emit(20, 2),
    wait(20, 2, 1),
    start(30, 1),
    [90, { type: 'call.failed', call: 1, error: { code: 'timeout', message: 'late' } }],
    [90, { type: 'call.skipped', call: 2, error }],
  )
  expect(callRows(run)[1]).toMatchObject({ status: 'skipped', waits: [{ from: 20, to: 90, why: 'calls' }], run: null })
})

test('every attempt has a span, and the failed ones say so', () => {
  const error = { code: 'network' as const, message: 'gone' }
  const run = aRun(
    turn(0),
    emit(0, 1),
    start(10, 1),
    [40, { type: 'call.retrying', call: 1, attempt: 1, error, delayMs: 20 }],
    start(60, 1, 2),
    succeed(90, 1, 80),
  )
  expect(callRows(run)[0]).toMatchObject({
    run: { from: 10, to: 90 },
    attempts: [
      { attempt: 1, from: 10, to: 40, failed: true },
      { attempt: 2, from: 60, to: 90, failed: false },
    ],
  })
})

test('a call is labelled by where its values come from, else by its values, else by what it waited for', () => {
  const run = aRun(
    turn(0),
    emit(0, 1, { city: 'San Francisco' }),
    emit(1, 2, { from: 'USD', to: 'EUR' }),
    emit(2, 3, { at: { lat: { from_call: 1, path: 'lat' }, lon: { from_call: 1, path: 'lon' } } }),
    emit(3, 4, {}),
    wait(3, 4, 1, 2),
    emit(4, 5, { geocode: 2, days: 3 }, 'get_forecast'),
    wait(4, 5, 2),
    emit(5, 6, { text: 'a very long sentence that nobody wants to read in a row label' }),
    emit(6, 7, 'no json {'),
  )
  const labels = callRows(run).map((row) => row.label)
  expect(labels.slice(0, 5)).toEqual(['San Francisco', 'USD, EUR', 'from #1', 'after #1, #2', 'from #2'])
  expect(labels[5]).toMatch(/^a very long sentence .*…$/)
  expect(labels[6]).toBe('no json {')
})

test('calls of a broken try keep their rows when the turn is asked again', () => {
  const error = { code: 'stream', message: 'The stream broke.' }
  const run = aRun(
    turn(0),
    emit(10, 1),
    [20, { type: 'turn.retrying', turn: 1, attempt: 1, error, delayMs: 5 }],
    emit(40, 2),
  )
  expect(rowsOf(run).map(nameOf)).toEqual(['turn 1', '#1', '#2'])
  expect(rowsOf(run)[0]).toMatchObject({ calls: 1, pauses: [{ from: 20, to: 25 }] })
})

test('while a run goes on its numbers are those so far', () => {
  const run = aRun(turn(0), emit(100, 1), emit(100, 2), silent(100), start(100, 1), start(100, 2), succeed(300, 1, 200))
  expect(numbersOf(run, 400)).toMatchObject({
    elapsedMs: 400,
    serialMs: 100 + 200 + 300,
    speedup: 1.5,
    efficiency: null,
    callsPerTurn: 2,
  })
})

test('whatever happens, no span is negative, none overlaps its neighbour, and a call has one row', () => {
  const step = fc.record({ call: fc.integer({ min: 1, max: 4 }), ms: fc.nat(50), move: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let at = 40
      const phase = [0, 0, 0, 0]
      const facts: [number, RunFact][] = [turn(0), ...[1, 2, 3, 4].map((call) => emit(call * 10, call))]
      for (const { call, ms, move } of steps) {
        at += ms
        const before = phase[call - 1] as number
        if (before === 0 && move === 0 && call > 1) facts.push(wait(at, call, call - 1))
        else if (before === 0 && move > 0) {
          facts.push(start(at, call))
          phase[call - 1] = 1
        } else if (before === 1 && move > 1) {
          facts.push(succeed(at, call, ms))
          phase[call - 1] = 2
        }
      }
      const run = aRun(...facts)
      const rows = rowsOf(run)
      expect(rows.map(nameOf)).toEqual(['turn 1', '#1', '#2', '#3', '#4'])
      for (const row of callRows(run)) {
        const spans = [...row.waits, ...(row.run ? [row.run] : [])]
        spans.reduce((end, span) => {
          expect(span.from).toBeGreaterThanOrEqual(end)
          expect(endOf(span, at)).toBeGreaterThanOrEqual(span.from)
          return endOf(span, at)
        }, 0)
      }
    }),
  )
})

const nameOf = (row: Row) => (row.kind === 'model' ? `turn ${row.turn}` : `#${row.call}`)
