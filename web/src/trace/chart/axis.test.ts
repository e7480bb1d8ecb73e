import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisBetween, axisFor, placeOn } from './axis.ts'

test('ticks stand at round numbers', () => {
  expect(axisFor(1920, false).ticks.map((tick) => tick.label)).toEqual([
    '0 s',
    '0.2',
    '0.4',
    '0.6',
    '0.8',
    '1',
    '1.2',
    '1.4',
    '1.6',
    '1.8',
  ])
  expect(axisFor(95_000, false).ticks.map((tick) => tick.label)).toContain('1:10')
})

test('whatever the length, the axis holds it with few ticks that grow', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e8, noNaN: true }),
      fc.boolean(),
      fc.integer({ min: 2, max: 10 }),
      (ms, isLive, most) => {
        const { end, ticks } = axisFor(ms, isLive, most)
        expect(end).toBeGreaterThanOrEqual(ms)
        expect(ticks.length).toBeGreaterThan(1)
        expect(ticks.length).toBeLessThanOrEqual(most + 1)
        expect(
          ticks.every(
            (tick, index) => tick.at >= 0 && tick.at <= end && (index === 0 || tick.at > (ticks[index - 1]?.at ?? 0)),
          ),
        ).toBe(true)
      },
    ),
  )
})

test('a part of the time has ticks of its own, and what lies outside is not drawn', () => {
  const axis = axisBetween(1230, 1480)
  expect(axis.ticks.map((tick) => tick.label)).toEqual([
    '1.25',
    '1.275',
    '1.3',
    '1.325',
    '1.35',
    '1.375',
    '1.4',
    '1.425',
    '1.45',
    '1.475',
  ])
  expect(axisBetween(61_000, 61_500).ticks[1]?.label).toBe('1:01.05')
  const part = axisBetween(1000, 2000)
  expect([
    placeOn(part, 500, 1500),
    placeOn(part, 1900, 2600),
    placeOn(part, 0, 900),
    placeOn(part, 2100, 2200),
  ]).toEqual([{ left: 0, width: 50 }, { left: 90, width: 10 }, null, null])
})
