import type { RunState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { areaOf, loadOf } from './load.ts'

const runOf = (...spans: [number, number | null][]) =>
  ({ calls: spans.map(([startedAt, finishedAt]) => ({ startedAt, finishedAt })) }) as RunState

test('the load steps up at a start and down at an end, and what goes on lasts until now', () => {
  expect(loadOf(runOf([10, 50], [20, 50], [50, null]), 80)).toEqual([
    { at: 10, running: 1 },
    { at: 20, running: 2 },
    { at: 50, running: 1 },
    { at: 80, running: 0 },
  ])
  expect(loadOf({ calls: [{ startedAt: null, finishedAt: 5 }] } as RunState, 9)).toEqual([])
})

test('its outline fills the height where most ran', () => {
  expect(areaOf(loadOf(runOf([0, 50], [0, 100]), 100), 100, 200, 20)).toBe('M0 20H0V0H100V10H200V20H200V20Z')
  expect(areaOf([], 100, 200, 20)).toBe('')
})
