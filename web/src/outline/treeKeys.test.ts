import { expect, test } from 'vitest'
import { treeIntent } from './treeKeys.ts'

const NONE = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
const press = (key: string, held: Partial<typeof NONE> = {}) => treeIntent({ ...NONE, ...held, key })

test('arrows go from row to row, with Shift they take the rows along', () => {
  expect(press('ArrowDown')).toEqual({ do: 'go', to: 'next', extend: false })
  expect(press('ArrowUp', { shiftKey: true })).toEqual({ do: 'go', to: 'previous', extend: true })
  expect(press('End')).toEqual({ do: 'go', to: 'last', extend: false })
})

test('with Alt they move the row itself', () => {
  expect(press('ArrowDown', { altKey: true })).toEqual({ do: 'shift', by: 1 })
  expect(press('ArrowLeft', { altKey: true })).toBe(null)
})

test('a letter finds a row; keys with Ctrl or ⌘, and Tab, stay the page’s', () => {
  expect(press('G')).toEqual({ do: 'find', letter: 'g' })
  expect(press('g', { ctrlKey: true })).toBe(null)
  expect(press('Tab')).toBe(null)
  expect(press('/')).toBe(null)
  expect(press('F10')).toBe(null)
  expect(press('F10', { shiftKey: true })).toEqual({ do: 'menu' })
})
