import { expect, test } from 'vitest'
import { argumentsOf, entriesOf, WHOLE } from './tryArguments.ts'

const parameters = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'Where.' },
    days: { type: 'integer' },
    unit: { enum: ['C', 'F'] },
    deep: { type: 'boolean' },
    tags: { type: 'array' },
  },
  required: ['city', 'days'],
}
const entries = entriesOf(parameters)

test('scalars and choices have fields of their own, all else is JSON', () => {
  expect(entries.map(({ name, is }) => [name, is])).toEqual([
    ['city', 'text'],
    ['days', 'whole number'],
    ['unit', 'choice'],
    ['deep', 'choice'],
    ['tags', 'json'],
  ])
})

test('what is typed is sent as values of their types, what is left empty is left out', () => {
  const typed = { city: '7', days: '3', unit: '"C"', deep: 'false', tags: '["a"]' }
  expect(argumentsOf(entries, typed)).toEqual({
    arguments: { city: '7', days: 3, unit: 'C', deep: false, tags: ['a'] },
    faults: {},
  })
  expect(argumentsOf(entries, { days: '3' })).toEqual({ arguments: { city: '', days: 3 }, faults: {} })
})

test('what is no value is said at its field, and an argument that is missing too', () => {
  expect(argumentsOf(entries, { city: 'x', tags: 'a, b' }).faults).toEqual({
    days: 'This argument is required.',
    tags: expect.stringContaining('no JSON'),
  })
  expect(argumentsOf(entries, { days: 'many' }).faults.days).toMatch(/no number/)
})

test('a name that every object inherits is no typed argument', () => {
  const odd = entriesOf({ type: 'object', properties: { toString: { type: 'number' } } })
  expect(argumentsOf(odd, {})).toEqual({ arguments: {}, faults: {} })
})

test('a schema without a list of parameters takes them as one object', () => {
  const open = entriesOf({ type: 'object', additionalProperties: true })
  expect(argumentsOf(open, { [WHOLE]: '{"a":1}' }).arguments).toEqual({ a: 1 })
  expect(argumentsOf(open, { [WHOLE]: '[1]' }).faults[WHOLE]).toMatch(/object/)
  expect(entriesOf({ type: 'object' })).toEqual([])
})
