import type { CallRow, ModelRow, Row } from '@volley/shared/trace/spans.ts'
import { expect, test } from 'vitest'
import { headOf, itemsOf, merged } from './items.ts'

const turn = (number: number) => ({ kind: 'model', turn: number }) as ModelRow
const call = (number: number, tool: string, of = 1) => ({ kind: 'call', call: number, turn: of, tool }) as CallRow
const ROWS: Row[] = [
  turn(1),
  call(1, 'geocode'),
  call(2, 'rates'),
  call(3, 'geocode'),
  turn(2),
  call(4, 'rates', 2),
  turn(3),
]
const keys = (...args: Parameters<typeof itemsOf>) => itemsOf(...args).map((item) => item.key)

test('calls stand under their turn, and a closed turn hides its own alone', () => {
  expect(keys(ROWS, 'turn', new Set())).toEqual(['turn 1', '#1', '#2', '#3', 'turn 2', '#4', 'turn 3'])
  expect(keys(ROWS, 'turn', new Set(['turn 1']))).toEqual(['turn 1', 'turn 2', '#4', 'turn 3'])
  const [first, , last] = itemsOf(ROWS, 'turn', new Set(['turn 1', 'turn 2']))
  expect(first?.group).toMatchObject({ isOpen: false, rows: { length: 3 } })
  expect(last?.group).toBe(null)
})

test('calls stand under their tool in the order of first calls, the turns of the model first', () => {
  expect(keys(ROWS, 'tool', new Set())).toEqual([
    'model',
    'turn 1',
    'turn 2',
    'turn 3',
    'tool geocode',
    '#1',
    '#3',
    'tool rates',
    '#2',
    '#4',
  ])
  expect(keys(ROWS, 'tool', new Set(['model', 'tool geocode']))).toEqual([
    'model',
    'tool geocode',
    'tool rates',
    '#2',
    '#4',
  ])
})

test('every line knows the one it stands under', () => {
  const items = itemsOf(ROWS, 'tool', new Set(['model']))
  expect(items.map((_item, at) => items[headOf(items, at)]?.key)).toEqual([
    'model',
    'tool geocode',
    'tool geocode',
    'tool geocode',
    'tool rates',
    'tool rates',
    'tool rates',
  ])
})

test('a closed group draws what lies over one another as one, and keeps apart what ended otherwise', () => {
  const spans = [
    { from: 50, to: 60, status: 'failed' },
    { from: 0, to: 10, status: 'succeeded' },
    { from: 5, to: 20, status: 'succeeded' },
    { from: 22, to: 30, status: 'succeeded' },
  ]
  expect(merged(spans, 3)).toEqual([
    { from: 0, to: 30, status: 'succeeded' },
    { from: 50, to: 60, status: 'failed' },
  ])
})
