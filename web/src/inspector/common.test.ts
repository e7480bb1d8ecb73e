import { expect, test } from 'vitest'
import { common } from './common.ts'

test('what all have is said, and that they differ', () => {
  expect(common([1, 3, 5], (number) => number % 2 === 1)).toBe(true)
  expect(common([1, 2], (number) => number % 2 === 1)).toBe('several')
  expect(common([{ is: 'a' }], ({ is }) => is)).toBe('a')
})
