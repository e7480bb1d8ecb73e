import * as fc from 'fast-check'
import jmespath from 'jmespath'
import { describe, expect, test } from 'vitest'
import { parsePath, printPath, readPath } from './path.ts'

const read = (value: unknown, text: string) => {
  const path = parsePath(text)
  return path.ok ? readPath(value, path.value) : path.error
}

describe('parsePath', () => {
  test.each([
    ['lat', ['lat']],
    ['at.slots[1]', ['at', 'slots', 1]],
    ['[0][-1].a_1', [0, -1, 'a_1']],
    ['"temperature 2m".x', ['temperature 2m', 'x']],
    ['"a\\"b"', ['a"b']],
    [' a . b [ 0 ] ', ['a', 'b', 0]],
  ])('%s is read', (text, path) => {
    expect(parsePath(text)).toEqual({ ok: true, value: path })
  })

  test.each([
    '',
    ' ',
    '.a',
    'a.',
    'a..b',
    'a b',
    'a[*]',
    'a[0:2]',
    'a[?x]',
    '@',
    '`1`',
    'a.[0]',
    '1a',
    'a-b',
    '"a',
    'length(a)',
  ])('"%s" is refused', (text) => {
    expect(parsePath(text)).toMatchObject({ ok: false, error: expect.stringMatching(/.+/) })
  })

  test('what is printed is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer({ min: -99, max: 99 })), { minLength: 1 }), (path) => {
        expect(parsePath(printPath(path))).toEqual({ ok: true, value: path.map((step) => (step === 0 ? 0 : step)) })
      }),
    )
  })
})

describe('readPath', () => {
  test('a missing value and a null differ', () => {
    expect(read({ a: null }, 'a')).toEqual({ found: true, value: null })
    expect(read({ a: null }, 'b')).toEqual({ found: false })
    expect(read({ a: null }, 'a.b')).toEqual({ found: false })
    expect(read([1, 2], '[2]')).toEqual({ found: false })
    expect(read([1, 2], '[-2]')).toEqual({ found: true, value: 1 })
    expect(read([1, 2], '[-3]')).toEqual({ found: false })
  })

  test('names of lists and positions in objects find nothing', () => {
    expect(read([1], 'length')).toEqual({ found: false })
    expect(read({ 0: 'x' }, '[0]')).toEqual({ found: false })
    expect(read('text', 'length')).toEqual({ found: false })
  })

  test('inherited properties do not exist', () => {
    for (const name of ['constructor', '__proto__', 'toString']) expect(read({}, name)).toEqual({ found: false })
  })

  test('a value that is found is the one JMESPath finds', () => {
    const key = fc.constantFrom('a', 'b', 'c d')
    const path = fc.array(fc.oneof(key, fc.integer({ min: -3, max: 3 })), { minLength: 1, maxLength: 4 })
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 3 }),
      ),
    }))
    fc.assert(
      fc.property(value, path, (json, steps) => {
        const found = readPath(json, steps)
        expect(found.found ? found.value : null).toEqual(jmespath.search(json, printPath(steps)))
      }),
    )
  })
})
