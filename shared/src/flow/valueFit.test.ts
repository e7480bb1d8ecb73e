import { expect, test } from 'vitest'
import { misfit } from './valueFit.ts'

test.each([
  ['string', { type: 'string' }],
  ['integer', { type: 'number' }],
  ['integer', { type: ['integer', 'null'] }],
  ['any', { type: 'integer' }],
  ['string', {}],
  ['object', { properties: { lat: {} } }],
])('%s fits %j', (given, parameter) => {
  expect(misfit(given, parameter)).toBeNull()
})

test.each([
  ['string', { type: 'integer' }, 'It is text, and the parameter takes a whole number: such a call fails.'],
  ['number', { type: 'integer' }, 'It may have a fraction, and the parameter takes whole numbers: such a call fails.'],
  ['number | null', { type: 'number' }, 'It may be null, and the parameter takes a number: such a call fails.'],
  ['array', { type: ['string', 'null'] }, 'It is a list, and the parameter takes text or null: such a call fails.'],
  ['string', { enum: ['km', 'mi'] }, 'The parameter takes one of 2 values alone: a call with another one fails.'],
])('%s into %j is said', (given, parameter, words) => {
  expect(misfit(given, parameter)).toBe(words)
})
