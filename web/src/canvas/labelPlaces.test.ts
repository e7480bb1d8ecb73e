import { expect, test } from 'vitest'
import { labelPlaces, pointOnCurve } from './labelPlaces.ts'

const at = (x: number, y: number) => ({ x, y })

test('a lone label stands in the middle of its edge', () => {
  const places = new Map([
    ['a', at(0, 0)],
    ['b', at(400, 80)],
  ])
  expect(labelPlaces([{ id: 'ab', from: 'a', to: 'b' }], places).get('ab')).toBe(0.5)
  expect(pointOnCurve(at(230, 0), at(400, 80), 0.5)).toEqual(at(315, 40))
})

test('labels of edges that cross in their middle stand beside each other', () => {
  const places = new Map([
    ['a', at(0, 0)],
    ['b', at(0, 150)],
    ['c', at(520, 0)],
    ['d', at(520, 150)],
  ])
  const edges = [
    { id: 'ad', from: 'a', to: 'd' },
    { id: 'bc', from: 'b', to: 'c' },
  ]
  const shares = labelPlaces(edges, places)
  const points = [
    pointOnCurve(at(230, 0), at(520, 150), shares.get('ad') ?? 0),
    pointOnCurve(at(230, 150), at(520, 0), shares.get('bc') ?? 0),
  ]
  const [one, other] = points
  expect(Math.abs((one?.y ?? 0) - (other?.y ?? 0)) >= 28 || Math.abs((one?.x ?? 0) - (other?.x ?? 0)) >= 110).toBe(true)
})
