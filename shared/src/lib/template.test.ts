import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fillJson,
  fillText,
  isLiteral,
  MOST_FILLED,
  Overfilled,
  placeholderFault,
  placeholdersIn,
  placeholdersInJson,
  roomToFill,
} from './template.ts'

const values: Record<string, unknown> = { city: 'New York', days: 3, flag: null, list: [1, 'a'], trap: '{{days}}' }
const lookup = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined)

describe('a template', () => {
  test('names its placeholders', () => {
    expect(placeholdersIn('{{city}} in {{ days }} days, {{city}}')).toEqual(['city', 'days', 'city'])
    expect(placeholdersIn('{city} {{a{b}} }}')).toEqual([])
    expect(placeholdersInJson({ a: ['{{x}}', { b: 'to {{y}}' }], '{{z}}': 1 })).toEqual(['x', 'y'])
  })

  test('puts values into text, what is no text as JSON, what is missing as nothing', () => {
    expect(fillText('{{city}}: {{days}}, {{flag}}, {{list}}, {{none}}.', lookup)).toBe('New York: 3, null, [1,"a"], .')
    expect(fillText('?q={{city}}', lookup, encodeURIComponent)).toBe('?q=New%20York')
  })

  test('keeps the type of a value that stands alone', () => {
    expect(
      fillJson({ n: '{{days}}', t: 'in {{days}} days', all: ['{{list}}', '{{none}}'], gone: '{{none}}' }, lookup),
    ).toEqual({
      n: 3,
      t: 'in 3 days',
      all: [[1, 'a'], null],
    })
    expect(fillJson('{{none}}', lookup)).toBeNull()
    expect(fillJson('{{flag}}', lookup)).toBeNull()
  })

  test('never reads a value as a template', () => {
    expect(fillText('{{trap}} and {{{city}}}', lookup)).toBe('{{days}} and {New York}')
    expect(fillJson(['{{trap}}', 'a {{trap}}'], lookup)).toEqual(['{{days}}', 'a {{days}}'])
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(fillText('<{{x}}>', () => value)).toBe(`<${value}>`)
      }),
    )
  })

  test('tells what is wrong with it', () => {
    expect(placeholderFault('a {{b}} c }} {d}')).toBeNull()
    expect(placeholderFault('a {{b c')).toMatch(/never closed/)
    expect(placeholderFault('a {{ }}')).toMatch(/without a name/)
  })

  test('is read in linear time', () => {
    expect(placeholdersIn('{{'.repeat(200_000))).toEqual([])
    expect(placeholdersIn(`{{${' '.repeat(200_000)}`)).toEqual([])
  })
})

test('a short template cannot put in more than there is room for, in one text, in many, or as values', () => {
  const large = 'x'.repeat(MOST_FILLED / 4)
  const times = (count: number) => Array.from({ length: count }, () => '{{x}}')
  const lookup = () => large
  expect((fillJson(times(3), lookup) as string[]).length).toBe(3)
  for (const template of [times(5), times(5).join(' '), { a: times(2), b: times(2).join(''), c: '{{x}}' }])
    expect(() => fillJson(template, lookup)).toThrow(Overfilled)
  const room = roomToFill()
  const fillNext = () => fillText('{{x}}', lookup, undefined, room)
  for (let filled = 0; filled < 3; filled++) fillNext()
  expect(fillNext).toThrow('larger than 16 MB')
})

test('a value is asked for no more often than the room allows, however often it is named', () => {
  let asked = 0
  const lookup = () => {
    asked++
    return Array.from({ length: 1000 }, () => 1)
  }
  expect(() =>
    fillJson(
      Array.from({ length: 100_000 }, () => '{{x}}'),
      lookup,
    ),
  ).toThrow(Overfilled)
  expect(asked).toBeLessThan(10_000)
})

test('a literal value is a template that gives just that value, and what holds a placeholder is none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      if (isLiteral(value)) expect(fillJson(value, () => 'put in')).toEqual(value)
    }),
  )
  expect([isLiteral(['{a}', { '{{key}}': 1 }]), isLiteral({ a: ['to {{b}}'] }), isLiteral('{{')]).toEqual([
    true,
    false,
    false,
  ])
})
