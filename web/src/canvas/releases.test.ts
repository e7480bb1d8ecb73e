import type { Edge } from '@volley/shared/flow/flow.ts'
import { type CallState, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { releasesIn } from './releases.ts'

const EDGES: Edge[] = [
  { from: 'geocode', to: 'forecast', kind: 'data' },
  { from: 'rate', to: 'forecast', kind: 'order' },
  { from: 'forecast', to: 'score', kind: 'order' },
]
const call = (number: number, tool: string, rest: Partial<CallState>) =>
  ({ call: number, turn: 1, tool, waitsFor: [], startedAt: null, finishedAt: null, ...rest }) as CallState
const runOf = (at: number, ...calls: CallState[]): RunState => ({ ...EMPTY_RUN, at, calls })
const moving = (run: RunState | null) => Object.fromEntries(releasesIn(run, EDGES))

const GEOCODE = call(1, 'geocode', { startedAt: 0, finishedAt: 100 })
const RATE = call(2, 'rate', { startedAt: 0, finishedAt: 180 })
const FORECAST = call(3, 'forecast', { waitsFor: [1, 2], startedAt: 181 })

test('the edge moves whose call ended last, when the waiting call starts', () => {
  expect(moving(runOf(181, GEOCODE, RATE, FORECAST))).toEqual({ 'rate→forecast:order': 3 })
})

test('nothing moves before that, nor while the released call goes on, nor after the run', () => {
  expect(moving(runOf(180, GEOCODE, RATE, { ...FORECAST, startedAt: null }))).toEqual({})
  expect(moving(runOf(900, GEOCODE, RATE, FORECAST))).toEqual({})
  const summary = { criticalPath: [] } as unknown as RunState['summary']
  expect(moving({ ...runOf(181, GEOCODE, RATE, FORECAST), summary })).toEqual({})
  expect(moving(null)).toEqual({})
})

test('across a tool that was not called the whole way moves', () => {
  const score = call(2, 'score', { waitsFor: [1], startedAt: 110 })
  expect(moving(runOf(110, GEOCODE, score))).toEqual({ 'geocode→forecast:data': 2, 'forecast→score:order': 2 })
})

test('a call that waited for none moves no edge', () => {
  expect(moving(runOf(10, call(1, 'forecast', { startedAt: 10 })))).toEqual({})
})
