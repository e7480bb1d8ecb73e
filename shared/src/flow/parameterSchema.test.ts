import { expect, test } from 'vitest'
import type { Json } from '../lib/json.ts'
import { retyped, schemaFacts } from './parameterSchema.ts'

const after = (schema: Record<string, Json>, type: string) =>
  JSON.parse(JSON.stringify({ ...schema, ...retyped(schema, type) })) as unknown

test('another type keeps what it knows and loses what only the old one knew', () => {
  const text = { type: 'string', description: 'Days.', minLength: 1, format: 'date', default: 'x', title: 'D' }
  expect(after(text, 'integer')).toEqual({ type: 'integer', description: 'Days.', title: 'D' })
  expect(after({ type: 'integer', minimum: 1, default: 2 }, 'number')).toEqual({
    type: 'number',
    minimum: 1,
    default: 2,
  })
  expect(after({ type: 'number', default: 2.5 }, 'integer')).toEqual({ type: 'integer' })
})

test('choices stay as far as they fit', () => {
  expect(after({ enum: ['a', 1, 2] }, 'integer')).toEqual({ type: 'integer', enum: [1, 2] })
  expect(after({ type: 'string', enum: ['a'] }, 'boolean')).toEqual({ type: 'boolean' })
})

test('a list says what it holds, and what it held is gone when it is none', () => {
  const list = after({ type: 'string', pattern: 'x' }, 'array')
  expect(list).toEqual({ type: 'array', items: { type: 'string' } })
  expect(after(list as Record<string, Json>, 'object')).toEqual({ type: 'object' })
})

test('a word that no type owns is never touched', () => {
  expect(after({ type: 'string', 'x-unit': 'm', anyOf: [{}] }, 'number')).toEqual({
    type: 'number',
    'x-unit': 'm',
    anyOf: [{}],
  })
})

test('what a schema asks is told in a few words', () => {
  expect(schemaFacts({ type: 'integer', minimum: 1, maximum: 14, default: 3 })).toEqual(['1 to 14', 'default 3'])
  expect(schemaFacts({ enum: ['km', 'mi'] })).toEqual(['one of "km", "mi"'])
  expect(schemaFacts({ type: 'string', minLength: 2, format: 'date' })).toEqual(['at least 2 characters', 'date'])
  expect(schemaFacts({ type: 'array', items: { type: 'object', properties: { lat: {}, lon: {} } } })).toEqual([
    'of object lat, lon inside',
  ])
  expect(schemaFacts({ type: 'object', properties: { lat: {} } })).toEqual(['lat inside'])
  expect(schemaFacts({ type: 'string', description: 'x' })).toEqual([])
})
