import { expect, test } from 'vitest'
import { selectFault, selectJson } from './jmespath.ts'

test('an expression finds a part of a value, or null', () => {
  const value = { hours: { t: [1, 2, 3] }, list: [{ a: 1 }, { a: null }] }
  expect(selectJson(value, 'hours.t[:2]')).toEqual({ ok: true, value: [1, 2] })
  expect(selectJson(value, 'list[].{x: a}')).toEqual({ ok: true, value: [{ x: 1 }, { x: null }] })
  expect(selectJson(value, 'nothing.here')).toEqual({ ok: true, value: null })
})

test('inherited properties are no data', () => {
  for (const name of ['constructor', '"__proto__"', 'toString', 'a.constructor'])
    expect(selectJson({ a: {} }, name)).toMatchObject({ ok: true, value: name === '"__proto__"' ? {} : null })
})

test.each(['', '  ', 'a[', '[?a', '(', 'x'.repeat(2001)])('"%s" cannot be read', (expression) => {
  expect(selectFault(expression)).toMatch(/./)
  expect(selectJson({}, expression).ok).toBe(false)
})

test('functions on the wrong types, and results without measure, are faults and not exceptions', () => {
  expect(selectJson({ a: 1 }, 'length(a)')).toMatchObject({ ok: false, error: expect.stringMatching(/length/) })
  expect(selectJson(1, Array(21).fill('[@,@]').join('|'))).toEqual({
    ok: false,
    error: 'its result holds more than 1000000 values',
  })
})

test('an expression that doubles its values again and again is refused before it runs', () => {
  for (const step of ['[@,@][]', '{a:@,b:@} | values(@)[]', 'map(&[@,@], @)[]'])
    expect(selectFault(['@', ...Array(40).fill(step)].join(' | '))).toMatch(/copies/)
  const fields = Array.from({ length: 24 }, (_, n) => `f${n}: a.b${n}`).join(', ')
  expect(selectFault(`list[].{${fields}, deep: {a: a, b: [b, c]}}`)).toBeNull()
})
