import { expect, test } from 'vitest'
import { stepAfterRunBegan } from './steps.ts'

test('a run that begins moves those who look on to watching it', () => {
  expect([0, 1, 2, 3].map((step) => stepAfterRunBegan(step, true))).toEqual([2, 2, 2, 3])
})

test('who runs without having taken up the first steps is left alone', () => {
  expect([0, 1].map((step) => stepAfterRunBegan(step, false))).toEqual([null, null])
})
