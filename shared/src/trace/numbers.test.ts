import { expect, test } from 'vitest'
import type { RunState } from '../run/state.ts'
import { EMPTY_RUN } from '../run/state.ts'
import { numbersOf } from './numbers.ts'

const turns = (...sizes: number[]) =>
  sizes.map((size) => ({
    calls: Array.from({ length: size }),
    startedAt: 0,
    messageFinishedAt: 100,
  })) as RunState['turns']
const summary = { elapsedMs: 800, serialMs: 2000, criticalPathMs: 600, speedup: 2.5 } as NonNullable<
  RunState['summary']
>

test('an ended run’s numbers are its summary’s, and efficiency is the critical path’s part of the time', () => {
  expect(numbersOf({ ...EMPTY_RUN, turns: turns(3, 2, 0), summary }, 9_999)).toEqual({
    elapsedMs: 800,
    serialMs: 2000,
    speedup: 2.5,
    efficiency: 0.75,
    callsPerTurn: 2.5,
  })
})

test('a run that failed at once has no calls a turn and no efficiency, and nothing is divided by nothing', () => {
  const nothing = { ...summary, elapsedMs: 0, serialMs: 0, criticalPathMs: 0, speedup: 1 }
  expect(numbersOf({ ...EMPTY_RUN, status: 'failed', summary: nothing }, 0)).toEqual({
    elapsedMs: 0,
    serialMs: 0,
    speedup: 1,
    efficiency: null,
    callsPerTurn: null,
  })
})
