import { recordOf } from '@volley/shared/run/record.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { rowsOf } from '@volley/shared/trace/spans.ts'
import { expect, test } from 'vitest'
import { runOfRecord } from './runOfRecord.ts'

const USAGE = { inputTokens: 0, outputTokens: 0 }

test('a run drawn from its record looks as it does from its events', () => {
  const run = runFromEvents([
    {
      seq: 1,
      at: 0,
      type: 'run.started',
      runId: 'r',
      flow: { id: null, name: 'f', version: null },
      input: 'Hi',
      parallelism: 'graph',
      provider: 'simulated',
      model: 'm',
    },
    { seq: 2, at: 1, type: 'turn.started', turn: 1 },
    { seq: 3, at: 5, type: 'call.emitted', turn: 1, call: 1, id: 'a', tool: 't', arguments: { city: 'Rome' } },
    { seq: 4, at: 6, type: 'call.emitted', turn: 1, call: 2, id: 'b', tool: 'u', arguments: {} },
    { seq: 5, at: 6, type: 'call.waiting', call: 2, waitsFor: [1] },
    { seq: 6, at: 7, type: 'call.started', call: 1, attempt: 1, arguments: { city: 'Rome' }, eager: true },
    { seq: 7, at: 9, type: 'message.finished', turn: 1, usage: USAGE, stopReason: 'calls' },
    { seq: 8, at: 20, type: 'call.succeeded', call: 1, result: 1, durationMs: 13 },
    { seq: 9, at: 21, type: 'call.started', call: 2, attempt: 1, arguments: {}, eager: false },
    { seq: 10, at: 30, type: 'call.succeeded', call: 2, result: 2, durationMs: 9 },
    { seq: 11, at: 30, type: 'turn.finished', turn: 1, usage: USAGE, stopReason: 'calls' },
  ])
  const drawn = runOfRecord(recordOf(run))
  expect(rowsOf(drawn)).toEqual(rowsOf(run))
  expect(drawn).toMatchObject({ id: 'r', input: 'Hi' })
})
