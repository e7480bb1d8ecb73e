import { expect, test } from 'vitest'
import { mergedNames, mergedOrder } from './mergedOrder.ts'

const sides = (base: string, mine: string, theirs: string) => ({
  base: [...base],
  mine: [...mine],
  theirs: [...theirs],
})
const order = (...texts: [string, string, string]) => mergedOrder(sides(...texts)).join('')

test('what is new stands behind what it stood behind, mine before theirs', () => {
  expect(order('ab', 'amb', 'atb')).toBe('amtb')
  expect(order('ab', 'mab', 'tab')).toBe('mtab')
  expect(order('ab', 'ab', 'abtu')).toBe('abtu')
})

test('the side that moved something gives the order, mine where both did', () => {
  expect(order('abc', 'abc', 'cab')).toBe('cab')
  expect(order('abc', 'bac', 'abc')).toBe('bac')
  expect(order('abc', 'bac', 'cab')).toBe('bac')
})

test('of names in a list, those that a side took away are gone and those that a side added are there', () => {
  expect(mergedNames(sides('abc', 'ac', 'abcd')).join('')).toBe('acd')
})
