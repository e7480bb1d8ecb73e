import fc from 'fast-check'
import { expect, test } from 'vitest'
import { between, panned, showing, type View, zoomed } from './view.ts'

const WHOLE = 10_000
const views = fc
  .record({ from: fc.integer({ min: 0, max: 9_000 }), length: fc.integer({ min: 10, max: 999 }) })
  .map(({ from, length }): View => ({ from, to: from + length }))

test('zooming keeps the time under the pointer where it is, as far as the ends allow', () => {
  expect(zoomed({ from: 2000, to: 4000 }, 0.5, 3000, WHOLE)).toEqual({ from: 2500, to: 3500 })
  expect(zoomed({ from: 2000, to: 4000 }, 0.5, 2000, WHOLE)).toEqual({ from: 2000, to: 3000 })
  expect(zoomed({ from: 0, to: 4000 }, 2, 0, WHOLE)).toEqual({ from: 0, to: 8000 })
  expect(zoomed({ from: 0, to: 8000 }, 2, 0, WHOLE)).toBe(null)
})

test('a bar out of sight is brought in, its beginning first, and one in sight moves nothing', () => {
  const view = { from: 2000, to: 3000 }
  expect(showing(view, 2500, 2600, WHOLE)).toBe(view)
  expect(showing(view, 5000, 5100, WHOLE)).toEqual({ from: 4150, to: 5150 })
  expect(showing(view, 5000, 9000, WHOLE)).toEqual({ from: 4950, to: 5950 })
  expect(showing(view, 100, 200, WHOLE)).toEqual({ from: 50, to: 1050 })
})

test('whatever one does, a view lies within the run and is never empty', () => {
  const times = fc.integer({ min: -2_000, max: 12_000 })
  fc.assert(
    fc.property(views, times, times, fc.double({ min: 0.01, max: 50, noNaN: true }), (view, one, other, factor) => {
      for (const next of [
        zoomed(view, factor, Math.max(0, Math.min(one, WHOLE)), WHOLE),
        panned(view, one, WHOLE),
        showing(view, Math.max(0, one), Math.max(0, one) + 50, WHOLE),
        between(Math.max(0, one), Math.max(0, other), WHOLE),
      ]) {
        if (next === null) continue
        expect(next.from).toBeGreaterThanOrEqual(0)
        expect(next.to).toBeLessThanOrEqual(WHOLE + 1e-6)
        expect(next.to - next.from).toBeGreaterThan(3.9)
      }
    }),
  )
})
