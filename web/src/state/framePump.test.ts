import { expect, test } from 'vitest'
import { framePump } from './framePump.ts'

/** Frames that come when the test says so. */
function frames() {
  let waiting: (() => void) | null = null
  return {
    schedule: (callback: () => void) => {
      waiting = callback
      return () => {
        waiting = null
      }
    },
    next: () => waiting?.(),
    isWaited: () => waiting !== null,
  }
}

test('however many events come in a frame, they are applied once and in order', () => {
  const frame = frames()
  const applied: number[][] = []
  const pump = framePump<number>((items) => applied.push(items), frame.schedule)
  pump.push([1])
  pump.push([2, 3])
  expect(applied).toEqual([])
  frame.next()
  expect(applied).toEqual([[1, 2, 3]])
  expect(frame.isWaited()).toBe(false)
  pump.push([4])
  pump.flush()
  expect(applied).toEqual([[1, 2, 3], [4]])
})

test('what was dropped is never applied', () => {
  const frame = frames()
  const applied: number[][] = []
  const pump = framePump<number>((items) => applied.push(items), frame.schedule)
  pump.push([1])
  pump.drop()
  frame.next()
  pump.flush()
  expect(applied).toEqual([])
})
