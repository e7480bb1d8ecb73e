import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextStart } from './startWindow.ts'

test('no stretch of the rate’s length ever holds more starts than the rate allows, and none waits longer than it must', () => {
  fc.assert(
    fc.property(
      fc.record({ limit: fc.integer({ min: 1, max: 5 }), perMs: fc.integer({ min: 1, max: 1_000 }) }),
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
      (rate, gaps) => {
        const starts: number[] = []
        let now = 0
        for (const gap of gaps) {
          now += gap
          // What was kept is no more than the last ones.
          const at = nextStart(starts.slice(-rate.limit), rate, now)
          const oldest = starts.at(-rate.limit)
          expect(at).toBe(Math.max(now, starts.at(-1) ?? 0, oldest === undefined ? 0 : oldest + rate.perMs))
          starts.push(at)
        }
        for (const start of starts)
          expect(starts.filter((at) => at >= start && at < start + rate.perMs).length).toBeLessThanOrEqual(rate.limit)
      },
    ),
  )
})
