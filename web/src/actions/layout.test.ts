import type { Point } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { freePlace, NODE_HEIGHT, NODE_WIDTH } from './layout.ts'

const covers = (one: Point, other: Point) =>
  Math.abs(one.x - other.x) < NODE_WIDTH && Math.abs(one.y - other.y) < NODE_HEIGHT

test('a free place is taken as it is', () => {
  expect(freePlace([{ x: 900, y: 900 }], { x: 10, y: 20 })).toEqual({ x: 10, y: 20 })
})

test('however many nodes are put at one place, none covers another', () => {
  const places: Point[] = []
  for (let number = 0; number < 40; number++) places.push(freePlace(places, { x: 0, y: 0 }))
  for (const [at, place] of places.entries())
    for (const other of places.slice(at + 1)) expect(covers(place, other)).toBe(false)
})

test('a block of nodes finds room where it covers no other', () => {
  const taken = [0, 300, 600].flatMap((x) => [0, 160].map((y) => ({ x, y })))
  const block = { width: 532, height: 264 }
  const at = freePlace(taken, { x: 100, y: 50 }, null, block)
  for (const other of taken) {
    const apart =
      other.x + NODE_WIDTH <= at.x ||
      at.x + block.width <= other.x ||
      other.y + NODE_HEIGHT <= at.y ||
      at.y + block.height <= other.y
    expect(apart).toBe(true)
  }
})

test('a place that is seen goes before a nearer one that is not', () => {
  const seen = { left: 0, top: 0, right: 700, bottom: 140 }
  const place = freePlace([{ x: 20, y: 20 }], { x: 20, y: 20 }, seen)
  expect(place.y).toBe(20)
  expect(place.x).toBeGreaterThan(NODE_WIDTH)
})
