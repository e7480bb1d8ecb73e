import { expect, test } from 'vitest'
import { isKeys, isSingleKey, showKeys } from './keys.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

test('Mod is Ctrl or ⌘', () => {
  expect(isKeys(press('z', { ctrlKey: true }), 'Mod+Z')).toBe(true)
  expect(isKeys(press('z', { metaKey: true }), 'Mod+Z')).toBe(true)
  expect(isKeys(press('z'), 'Mod+Z')).toBe(false)
})

test('Shift tells redo from undo', () => {
  expect(isKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z')).toBe(true)
  expect(isKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z')).toBe(false)
})

test('a sign counts however the keyboard makes it', () => {
  expect(isKeys(press('/'), '/')).toBe(true)
  expect(isKeys(press('/', { shiftKey: true }), '/')).toBe(true)
  expect(isKeys(press('/', { ctrlKey: true }), '/')).toBe(false)
})

test('Alt belongs to nobody', () => {
  expect(isKeys(press('Enter', { ctrlKey: true, altKey: true }), 'Mod+Enter')).toBe(false)
})

test('keys are shown as the keyboard names them', () => {
  expect(showKeys('Mod+Enter', true)).toBe('⌘↵')
  expect(showKeys('Mod+Shift+Z', false)).toBe('Ctrl Shift Z')
})

test('a digit with Shift is known by its place, whatever sign the keyboard makes of it', () => {
  expect(isKeys({ ...press('"', { shiftKey: true }), code: 'Digit2' }, 'Shift+2')).toBe(true)
  expect(isKeys({ ...press('"', { shiftKey: true }), code: 'Quote' }, 'Shift+2')).toBe(false)
  expect(isKeys({ ...press('2'), code: 'Digit2' }, 'Shift+2')).toBe(false)
})

test('Plus is the sign, with and without Shift, and never with Ctrl, which is the browser’s', () => {
  expect(isKeys(press('+', { shiftKey: true }), 'Plus')).toBe(true)
  expect(isKeys(press('+'), 'Plus')).toBe(true)
  expect(isKeys(press('+', { ctrlKey: true }), 'Plus')).toBe(false)
  expect(showKeys('Plus', false)).toBe('+')
})

test('a sign or letter alone is a single key; named keys and those held with others are none', () => {
  expect(['/', '?', '1', 'n', 'Plus'].every(isSingleKey)).toBe(true)
  expect(['Delete', 'Enter', 'Mod+K', 'Shift+1'].some(isSingleKey)).toBe(false)
})
