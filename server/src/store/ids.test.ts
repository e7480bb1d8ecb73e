import { expect, test } from 'vitest'
import { newId } from './ids.ts'

test('ids sort by time', () => {
  const times = [0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48]
  const ids = times.map((time) => newId(time))
  expect([...ids].sort()).toEqual(ids)
  expect(ids.every((id) => /^[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true)
})

test('ids of one moment differ in all their random part', () => {
  const ids = new Set(Array.from({ length: 1000 }, () => newId(1_700_000_000_000)))
  expect(ids.size).toBe(1000)
})
