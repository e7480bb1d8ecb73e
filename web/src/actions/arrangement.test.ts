import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alignedPlaces, distributedPlaces, SIDES } from './arrangement.ts'
import { around, type Box } from './boxes.ts'

const aSize = fc.integer({ min: 10, max: 300 })
const aPlace = fc.integer({ min: -2000, max: 2000 })
const someBoxes = fc
  .array(fc.record({ x: aPlace, y: aPlace, width: aSize, height: aSize }), { minLength: 3, maxLength: 12 })
  .map((boxes): Box[] => boxes.map((box, at) => ({ key: `t${at}`, ...box })))

const moved = (boxes: readonly Box[], places: Record<string, { x: number; y: number }>): Box[] =>
  boxes.map((box) => ({ ...box, ...places[box.key] }))

test('aligned boxes share that side, and keep their place the other way', () => {
  const lineOf = {
    left: (box: Box) => box.x,
    centre: (box: Box) => box.x + box.width / 2,
    right: (box: Box) => box.x + box.width,
    top: (box: Box) => box.y,
    middle: (box: Box) => box.y + box.height / 2,
    bottom: (box: Box) => box.y + box.height,
  }
  fc.assert(
    fc.property(someBoxes, fc.constantFrom(...SIDES), (boxes, side) => {
      const after = moved(boxes, alignedPlaces(boxes, side))
      expect(new Set(after.map(lineOf[side])).size).toBe(1)
      const other = ['left', 'centre', 'right'].includes(side) ? 'y' : 'x'
      expect(after.map((box) => box[other])).toEqual(boxes.map((box) => box[other]))
    }),
  )
})

test('aligning stays inside the box around all', () => {
  fc.assert(
    fc.property(someBoxes, fc.constantFrom(...SIDES), (boxes, side) => {
      const [before, after] = [around(boxes), around(moved(boxes, alignedPlaces(boxes, side)))]
      expect(after.x).toBeGreaterThanOrEqual(before.x)
      expect(after.y + after.height).toBeLessThanOrEqual(before.y + before.height)
    }),
  )
})

test('distributed boxes have equal gaps, in their order, between the first and the last', () => {
  fc.assert(
    fc.property(someBoxes, (boxes) => {
      const centre = (box: Box) => box.x + box.width / 2
      const order = [...boxes].sort((one, other) => centre(one) - centre(other)).map((box) => box.key)
      const after = moved(boxes, distributedPlaces(boxes, 'across'))
      const row = order.map((key) => after.find((box) => box.key === key) as Box)
      const gaps = row.slice(1).map((box, at) => box.x - (row[at] as Box).x - (row[at] as Box).width)
      for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] as number, 6)
      expect(row[0]?.x).toBe(boxes.find((box) => box.key === order[0])?.x)
      expect(row.at(-1)?.x).toBeCloseTo(boxes.find((box) => box.key === order.at(-1))?.x as number, 6)
    }),
  )
})

test('two boxes have nothing to distribute', () => {
  const boxes = [
    { key: 'a', x: 0, y: 0, width: 10, height: 10 },
    { key: 'b', x: 50, y: 0, width: 10, height: 10 },
  ]
  expect(distributedPlaces(boxes, 'across')).toEqual({})
})
