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

test('a large value is not copied again and again, and a small one or its different fields may be', () => {
  const large = { a: 'x'.repeat(10_000_000), b: [1] }
  const whole = (times: number) => `[${Array(times).fill('@').join(',')}] | length(@)`
  expect(selectJson(large, whole(9))).toEqual({ ok: true, value: 9 })
  expect(selectJson(large, whole(11))).toMatchObject({ ok: false, error: expect.stringContaining('of this size') })
  expect(selectJson({ a: 1 }, whole(11))).toEqual({ ok: true, value: 11 })
  const fields = Array.from({ length: 60 }, (_, n) => `f${n}: a${n}[].{p: p, q: q[0]}`).join(', ')
  expect(selectJson({ ...large, a7: [{ p: 1, q: [2] }] }, `{${fields}, b: b} | [f7, b]`)).toEqual({
    ok: true,
    value: [[{ p: 1, q: 2 }], [1]],
  })
})

test('texts inside texts, each escaped once more, are refused before they are written', () => {
  const nested = Array.from({ length: 60 }).reduce<string>((inner) => `to_string([${inner}])`, '@')
  expect(selectFault(nested)).toMatch(/copies/)
  expect(selectJson({ a: 'x' }, 'to_string([to_string(@)])').ok).toBe(true)
})
