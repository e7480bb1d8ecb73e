import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisFor } from './axis.ts'

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
    fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), fc.boolean(), (ms, isLive) => {
      const { end, ticks } = axisFor(ms, isLive)
      expect(end).toBeGreaterThanOrEqual(ms)
      expect(ticks.length).toBeGreaterThan(1)
      expect(ticks.length).toBeLessThanOrEqual(11)
      expect(
        ticks.every(
          (tick, index) => tick.at >= 0 && tick.at <= end && (index === 0 || tick.at > (ticks[index - 1]?.at ?? 0)),
        ),
      ).toBe(true)
    }),
  )
})
