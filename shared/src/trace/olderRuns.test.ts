import { expect, test } from 'vitest'
import { type Flow, flowSchema } from '../flow/flow.ts'
import type { RunEvent, RunFact } from '../run/events.ts'
import { type RunState, runFromEvents } from '../run/state.ts'
import { holdsOf } from './holds.ts'
import { numbersOf } from './numbers.ts'
import { slackOf } from './slack.ts'
import { rowsOf } from './spans.ts'
import { whatIfOf } from './whatIf.ts'

// Runs that hold less than today's: all that is read off a trace makes sense of them.

const usage = { inputTokens: 10, outputTokens: 5 }
const STARTED: RunFact = {
  type: 'run.started',
  runId: 'r',
  flow: { id: null, name: 'f', version: null },
  input: '',
  parallelism: 'graph',
  provider: 'simulated',
  model: 'm',
}
const summary = {
  elapsedMs: 500,
  serialMs: 600,
  criticalPathMs: 500,
  criticalPath: [],
  speedup: 1.2,
  maxConcurrency: 2,
  callsPerTurn: 2,
  calls: { total: 2, succeeded: 2, failed: 0, skipped: 0, cancelled: 0 },
}
const FLOW: Flow = flowSchema.parse({
  format: 'volley.flow/1',
  name: 'f',
  agent: { provider: 'simulated', model: 'm' },
  tools: [{ name: 'geocode', parameters: { type: 'object' }, run: { kind: 'mock' } }],
})

function aRun(...facts: [number, RunFact][]): RunState {
  return runFromEvents(
    [[0, STARTED] as [number, RunFact], ...facts].map(
      ([at, fact], index): RunEvent => ({ ...fact, at, seq: index + 1 }),
    ),
  )
}
const emitted = (at: number, call: number, tool: string): [number, RunFact] => [
  at,
  { type: 'call.emitted', turn: 1, call, id: `c${call}`, tool, arguments: {} },
]
const ended = (at: number, status: 'succeeded' | 'failed' = 'succeeded'): [number, RunFact] => [
  at,
  { type: 'run.finished', status, output: null, usage, costUsd: null, summary: { ...summary, elapsedMs: at } },
]

/** Everything that the page reads off a run. */
function readAll(run: RunState, flow: Flow) {
  const holds = holdsOf(run, flow)
  return {
    rows: rowsOf(run),
    holds,
    slack: slackOf(run, holds),
    numbers: numbersOf(run, run.at),
    played: whatIfOf(run, flow).play([{ change: 'duration', tool: 'geocode', meanMs: 400 }]),
  }
}

test('a run recorded without the end of its message, and with a tool that its document no longer has, can be read and played', () => {
  const run = aRun(
    [0, { type: 'turn.started', turn: 1 }],
    emitted(100, 1, 'geocode'),
    emitted(100, 2, 'gone_since'),
    [100, { type: 'call.started', call: 1, attempt: 1, arguments: {}, eager: false }],
    [100, { type: 'call.started', call: 2, attempt: 1, arguments: {}, eager: false }],
    [200, { type: 'call.succeeded', call: 2, result: 1, durationMs: 100 }],
    [300, { type: 'call.succeeded', call: 1, result: 1, durationMs: 200 }],
    [300, { type: 'turn.finished', turn: 1, usage, stopReason: 'calls' }],
    ended(500),
  )
  const { rows, holds, slack, numbers, played } = readAll(run, FLOW)
  expect(rows.map((row) => (row.kind === 'call' ? row.waits : row.span))).toEqual([{ from: 0, to: 300 }, [], []])
  expect([holds.size, slack.get(1), slack.get(2), numbers.efficiency]).toEqual([0, 0, 100, 1])
  expect(played.byMs).toBe(200)
})

test('a run that failed before a model was asked has nothing to draw, and nothing to play', () => {
  const run = aRun(ended(3, 'failed'))
  const { rows, slack, numbers, played } = readAll(run, FLOW)
  expect([rows, slack.size, numbers.callsPerTurn, played.elapsedMs, played.byMs]).toEqual([[], 0, null, 3, 0])
})

test('a run that was cut off in the middle of a call shows what is known', () => {
  const run = aRun([0, { type: 'turn.started', turn: 1 }], emitted(50, 1, 'geocode'), [
    60,
    { type: 'call.started', call: 1, attempt: 1, arguments: {}, eager: true },
  ])
  const { rows, slack, numbers } = readAll(run, FLOW)
  expect(rows[1]).toMatchObject({ kind: 'call', status: 'running', run: { from: 60, to: null } })
  expect([slack.size, numbers.efficiency]).toEqual([0, null])
})
