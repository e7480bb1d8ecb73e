import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDeeperThan } from './json.ts'
import { isNestedDeeperThan, jsonLength } from './jsonSize.ts'

/** JSON whose texts need no escapes, which are not counted. */
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: fc.constantFrom('a', 'b', 'é', ' ') }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', 'c') }), tie('value')),
  ),
})).value

test('the length of a value is that of its JSON', () => {
  fc.assert(
    fc.property(plain, (value) => {
      expect(jsonLength(value)).toBe(JSON.stringify(value).length)
    }),
  )
})

test('it is never told smaller than the limit that it is beyond, and a value that repeats itself is not counted to its end', () => {
  fc.assert(
    fc.property(plain, fc.nat(60), (value, most) => {
      expect(jsonLength(value, most) > most).toBe(JSON.stringify(value).length > most)
    }),
  )
  let value: unknown = 'x'.repeat(1000)
  for (let doubled = 0; doubled < 60; doubled++) value = [value, value]
  expect(jsonLength(value, 10_000)).toBeLessThan(20_000)
})

test('levels are counted as in a text, however many there are', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(5), (value, limit) => {
      expect(isNestedDeeperThan(value, limit)).toBe(isDeeperThan(JSON.stringify(value), limit))
    }),
  )
  let deep: unknown = 1
  for (let level = 0; level < 100_000; level++) deep = [deep]
  expect(isNestedDeeperThan(deep, 99_999)).toBe(true)
  expect(isNestedDeeperThan(deep, 100_000)).toBe(false)
  expect(jsonLength(deep)).toBe(200_001)
})
