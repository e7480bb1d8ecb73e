import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GRID, snap, snapIndex } from './snapping.ts'

const box = (x: number, y: number, width = 200, height = 100) => ({ x, y, width, height })

test('a box near another’s side snaps to it, with a line along both', () => {
  const snapped = snap(snapIndex([box(0, 0)]), box(4, 300, 180, 60), 6, null)
  expect(snapped).toEqual({ dx: -4, dy: 0, guides: [{ axis: 'x', at: 0, from: 0, to: 360 }] })
})

test('centres snap as well as sides', () => {
  const snapped = snap(snapIndex([box(0, 0)]), box(53, 300, 100, 60), 6, null)
  expect(snapped.dx).toBe(-3)
  expect(snapped.guides[0]?.at).toBe(100)
})

test('beyond its reach nothing snaps', () => {
  expect(snap(snapIndex([box(0, 0)]), box(31, 341, 90, 50), 6, null)).toEqual({ dx: 0, dy: 0, guides: [] })
})

test('without a line near it a box snaps to the grid, and a line goes before the grid', () => {
  const index = snapIndex([box(0, 0)])
  const snapped = snap(index, box(3, 1003, 50, 31), 6, GRID)
  expect(snapped.dx).toBe(-3)
  expect((1003 + snapped.dy) % GRID).toBe(0)
})

test('the lookup finds the very line that a walk over all boxes finds', () => {
  const aBox = fc.record({
    x: fc.integer({ min: -500, max: 500 }),
    y: fc.integer({ min: -500, max: 500 }),
    width: fc.integer({ min: 1, max: 300 }),
    height: fc.integer({ min: 1, max: 300 }),
  })
  fc.assert(
    fc.property(
      fc.array(aBox, { minLength: 1, maxLength: 20 }),
      aBox,
      fc.integer({ min: 0, max: 12 }),
      (all, one, reach) => {
        const sides = (start: number, length: number) => [start, start + length / 2, start + length]
        const distances = all
          .flatMap((other) => sides(other.x, other.width))
          .flatMap((at) => sides(one.x, one.width).map((start) => Math.abs(at - start)))
        const least = Math.min(...distances)
        expect(Math.abs(snap(snapIndex(all), one, reach, null).dx)).toBe(least <= reach ? least : 0)
      },
    ),
  )
})

test('a snapped box meets the line that is drawn', () => {
  const snapped = snap(snapIndex([box(0, 0), box(0, 700), box(640, 0)]), box(435, 3), 6, null)
  const after = { x: 435 + snapped.dx, y: 3 + snapped.dy }
  for (const guide of snapped.guides) {
    const [start, length] = guide.axis === 'x' ? [after.x, 200] : [after.y, 100]
    expect([start, start + length / 2, start + length]).toContain(guide.at)
  }
  expect(snapped.guides.find(({ axis }) => axis === 'y')).toEqual({ axis: 'y', at: 0, from: 0, to: 840 })
})
