import { type CallState, EMPTY_RUN } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import type { Known } from './chart/ChartRow.tsx'
import { placeFacts } from './placeFacts.ts'

const CALL = {
  call: 1,
  turn: 1,
  tool: 'forecast',
  status: 'succeeded',
  waitsFor: [],
  outstanding: [],
  approval: 'none',
  eager: true,
  emittedAt: 100,
  startedAt: 400,
  finishedAt: 600,
} as unknown as CallState
const known = (more: Partial<Known> = {}): Known => ({
  run: { ...EMPTY_RUN, calls: [CALL] },
  critical: new Set(),
  holds: new Map(),
  knowsHolds: true,
  slack: new Map(),
  ...more,
})

test('a call tells what it stood in line for, and how much longer it could have taken', () => {
  const holds: Known['holds'] = new Map([[1, { by: 'tool', most: 2, key: null, freedBy: 7 }]])
  expect(placeFacts(CALL, known({ holds, slack: new Map([[1, 250]]) }))).toEqual([
    ['Stood in line', '0.30 s, queued: 2 of forecast at once'],
    ['Slack', '0.25 s longer, and the run had ended no later'],
  ])
  expect(placeFacts(CALL, known({ critical: new Set([1]) }))).toEqual([['Slack', 'none: it is on the critical path']])
  expect(placeFacts(CALL, known())).toEqual([])
})
