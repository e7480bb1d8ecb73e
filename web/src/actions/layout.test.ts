import { addTool, newTool } from '@volley/shared/flow/edit.ts'
import { connect } from '@volley/shared/flow/editEdges.ts'
import type { Flow, Point } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { EMPTY_FLOW } from '../state/flowStore.ts'
import { freePlace, NODE_HEIGHT, NODE_WIDTH, tidyPlaces } from './layout.ts'

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

test('tidy up puts a tool to the right of those that it waits for, and covers none', async () => {
  let flow: Flow = EMPTY_FLOW
  for (const name of ['a', 'b', 'c', 'd']) flow = addTool(flow, newTool('mock', name), { x: 0, y: 0 })
  for (const [from, to] of [
    ['a', 'c'],
    ['b', 'c'],
  ] as const) {
    const connected = connect(flow, from, to)
    if (connected.ok) flow = connected.value
  }
  const places = await tidyPlaces(flow, () => null)
  const x = (name: string) => places[name]?.x ?? Number.NaN
  expect(x('c')).toBeGreaterThan(x('a') + NODE_WIDTH)
  expect(x('a')).toBeGreaterThan(x('agent') + NODE_WIDTH)
  const all = Object.values(places)
  for (const [at, place] of all.entries())
    for (const other of all.slice(at + 1)) expect(covers(place, other)).toBe(false)
})
