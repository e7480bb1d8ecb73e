import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { editedResults, forkableTurns } from './fork.ts'

const call = (number: number, result: unknown) => ({ call: number, status: 'succeeded', result }) as CallState

test('a run can be forked after the turns that ended with calls', () => {
  const turn = (number: number, calls: number[], finishedAt: number | null) => ({ turn: number, calls, finishedAt })
  const run = { turns: [turn(1, [1, 2], 10), turn(2, [3], 20), turn(3, [4], null)] } as RunState
  expect(forkableTurns(run)).toEqual([1, 2])
  expect(forkableTurns({ turns: [turn(1, [], 10)] } as unknown as RunState)).toEqual([])
})

test('only what was changed is sent, and a text that is no JSON says which', () => {
  const calls = [call(1, { metres: 2 }), call(2, 'open'), { call: 3, status: 'failed', result: undefined } as CallState]
  expect(editedResults(calls, { 1: '{"metres":9}', 2: '"open"', 3: '' })).toEqual({
    ok: true,
    value: [{ call: 1, result: { metres: 9 } }],
  })
  expect(editedResults(calls, { 3: '"now it works"' })).toMatchObject({ value: [{ call: 3, result: 'now it works' }] })
  expect(editedResults(calls, { 2: 'closed' })).toMatchObject({ ok: false, error: expect.stringContaining('#2') })
})
