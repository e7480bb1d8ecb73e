import { expect, test } from 'vitest'
import type { RunEvent, RunFact } from '../run/events.ts'
import { runFromEvents } from '../run/state.ts'
import { summaryOf } from './summary.ts'

const usage = { inputTokens: 0, outputTokens: 0 }
const emitted = (call: number, tool: string): RunFact => ({
  type: 'call.emitted',
  turn: 1,
  call,
  id: `c${call}`,
  tool,
  arguments: {},
})
const started = (call: number, eager = false): RunFact => ({
  type: 'call.started',
  call,
  attempt: 1,
  arguments: {},
  eager,
})
const succeeded = (call: number, durationMs: number): RunFact => ({
  type: 'call.succeeded',
  call,
  result: null,
  durationMs,
})

function runOf(...facts: [at: number, fact: RunFact][]) {
  const first: RunFact = {
    type: 'run.started',
    runId: 'r',
    flow: { id: null, name: 'f', version: null },
    input: '',
    parallelism: 'graph',
    provider: 'p',
    model: 'm',
  }
  const all: [number, RunFact][] = [[0, first], [0, { type: 'turn.started', turn: 1 }], ...facts]
  return runFromEvents(all.map(([at, fact], index): RunEvent => ({ seq: index + 1, at, ...fact })))
}

test('the critical path is the longest chain of model time and calls, and a wait for a place does not count', () => {
  const run = runOf(
    [100, emitted(1, 'a')],
    [200, emitted(2, 'b')],
    [300, emitted(3, 'c')],
    [400, { type: 'message.finished', turn: 1, usage, stopReason: 'calls' }],
    [400, { type: 'call.waiting', call: 3, waitsFor: [1] }],
    [400, started(1)],
    [400, started(2)],
    [500, succeeded(1, 100)],
    [550, started(3)],
    [800, succeeded(3, 250)],
    [900, succeeded(2, 500)],
    [900, { type: 'turn.finished', turn: 1, usage, stopReason: 'calls' }],
  )
  const summary = summaryOf(run, 900)
  expect(summary).toMatchObject({
    criticalPath: [2],
    criticalPathMs: 900,
    serialMs: 1250,
    maxConcurrency: 2,
    callsPerTurn: 3,
  })
  expect(summary.speedup).toBeCloseTo(1250 / 900, 2)
})

test('a call that started under the message counts model time only up to its own emission', () => {
  const run = runOf(
    [100, emitted(1, 'a')],
    [100, started(1, true)],
    [600, { type: 'message.finished', turn: 1, usage, stopReason: 'calls' }],
    [900, succeeded(1, 800)],
    [900, { type: 'turn.finished', turn: 1, usage, stopReason: 'calls' }],
  )
  expect(summaryOf(run, 900)).toMatchObject({ criticalPath: [1], criticalPathMs: 900, serialMs: 1400 })
})

test('the critical path leads through a call that was skipped, to what it was skipped for', () => {
  const run = runOf(
    [10, emitted(1, 'a')],
    [20, emitted(2, 'b')],
    [30, emitted(3, 'c')],
    [40, emitted(4, 'd')],
    [100, { type: 'message.finished', turn: 1, usage, stopReason: 'calls' }],
    [100, { type: 'call.waiting', call: 3, waitsFor: [2] }],
    [100, { type: 'call.waiting', call: 4, waitsFor: [3] }],
    [100, started(1)],
    [100, started(2)],
    [140, succeeded(1, 40)],
    [150, { type: 'call.failed', call: 2, error: { code: 'tool_error', message: 'no' } }],
    [150, { type: 'call.skipped', call: 3, error: { code: 'dependency_failed', message: 'no', call: 2 } }],
    [150, started(4)],
    [180, succeeded(4, 30)],
    [180, { type: 'turn.finished', turn: 1, usage, stopReason: 'calls' }],
  )
  expect(summaryOf(run, 180)).toMatchObject({ criticalPath: [2, 4], criticalPathMs: 180 })
})

test('a run without calls is its model time', () => {
  const run = runOf(
    [250, { type: 'message.finished', turn: 1, usage, stopReason: 'end' }],
    [250, { type: 'turn.finished', turn: 1, usage, stopReason: 'end' }],
  )
  expect(summaryOf(run, 250)).toMatchObject({
    criticalPath: [],
    criticalPathMs: 250,
    serialMs: 250,
    speedup: 1,
    maxConcurrency: 0,
    callsPerTurn: 0,
  })
})
