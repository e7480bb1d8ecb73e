import type { RunState } from '@volley/shared/run/state.ts'
import { EMPTY_RUN } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { whatIsNew } from './whatIsNew.ts'

const FAILED: RunState['calls'][number] = {
  call: 4,
  turn: 1,
  id: 'c',
  tool: 'exchange_rate',
  status: 'failed',
  emittedArguments: {},
  arguments: {},
  waitsFor: [],
  outstanding: [],
  eager: false,
  approval: 'none',
  attempts: [],
  emittedAt: 0,
  startedAt: 0,
  finishedAt: 1,
  durationMs: 1,
  result: null,
  error: { code: 'timeout', message: 'No answer.' },
}
const SUMMARY = {
  elapsedMs: 1420,
  serialMs: 2,
  criticalPathMs: 2,
  criticalPath: [],
  speedup: 1,
  maxConcurrency: 0,
  callsPerTurn: 0,
  calls: { total: 2, succeeded: 1, failed: 1, skipped: 0, cancelled: 0 },
}

test('start, failures and end of a run are told once each', () => {
  const begun = { ...EMPTY_RUN, id: 'r' }
  const one = whatIsNew({ runId: '', faults: 0, hasEnded: false }, begun)
  expect(one.words).toBe('Run started.')
  expect(whatIsNew(one.told, begun).words).toBe('')
  const two = whatIsNew(one.told, { ...begun, calls: [FAILED] })
  expect(two.words).toBe('Call 4, exchange_rate, failed: No answer.')
  const three = whatIsNew(two.told, { ...begun, calls: [FAILED], status: 'succeeded', summary: SUMMARY })
  expect(three.words).toBe('Run finished after 1.42 s: 1 call succeeded, 1 failed.')
  expect(whatIsNew(three.told, { ...begun, status: 'succeeded', summary: SUMMARY, calls: [FAILED] }).words).toBe('')
})
