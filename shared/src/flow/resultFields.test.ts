import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePath, readPath } from '../lib/path.ts'
import {
  fieldAt,
  fieldsOfMock,
  fieldsOfSchema,
  fieldsOfValue,
  jsonType,
  mergeFields,
  type ResultField,
  type ResultTree,
} from './resultFields.ts'

const all = (tree: ResultTree): ResultField[] => tree.fields.flatMap((field) => [field, ...all(field)])
const lines = (tree: ResultTree) => all(tree).map(({ path, type, sample }) => `${path}: ${type} ${sample}`)

describe('the fields of a value', () => {
  test('have their path, type and a sample', () => {
    expect(lines(fieldsOfValue({ name: 'Oslo', at: { lat: 59.9, lon: 10 }, 'sea level': [1, null] }))).toEqual([
      'name: string "Oslo"',
      'at: object ',
      'at.lat: number 59.9',
      'at.lon: integer 10',
      '"sea level": array 2 items',
      '"sea level"[0]: integer 1',
      '"sea level"[1]: null null',
    ])
  })

  test('of a list are those of its first items', () => {
    const tree = fieldsOfValue([1, 2, 3, 4, 5])
    expect(tree).toMatchObject({ type: 'array', sample: '5 items' })
    expect(tree.fields.map((field) => field.path)).toEqual(['[0]', '[1]', '[2]'])
  })

  test('lead to the value they show, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (json) => {
        const value: unknown = JSON.parse(JSON.stringify(json))
        for (const field of all(fieldsOfValue(value))) {
          const path = parsePath(field.path)
          if (!path.ok) throw new Error(path.error)
          const found = readPath(value, path.value)
          expect(found.found && jsonType(found.value)).toBe(field.type)
          expect(fieldAt(fieldsOfValue(value), field.path)).toEqual(field)
        }
      }),
    )
  })

  test('of a huge value end somewhere', () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_none, at) => [`k${at}`, { inner: at }]))
    expect(all(fieldsOfValue(wide)).length).toBe(400)
    const deep: unknown = Array.from({ length: 60 }).reduce((inner) => ({ inner }), 1)
    expect(all(fieldsOfValue(deep)).length).toBe(12)
  })
})

describe('the fields of a schema', () => {
  test('have types and words, through lists and definitions', () => {
    const tree = fieldsOfSchema({
      type: 'object',
      properties: {
        places: { type: 'array', items: { $ref: '#/$defs/place' } },
        count: { type: ['integer', 'null'], description: 'How many.' },
        unit: { enum: ['km', 'mi'] },
      },
      $defs: { place: { properties: { lat: { type: 'number' }, near: { $ref: '#/$defs/place' } } } },
    })
    expect(lines(tree)).toEqual([
      'places: array null',
      'places[0]: object null',
      'places[0].lat: number null',
      'places[0].near: any null',
      'count: integer | null null',
      'unit: string null',
    ])
    expect(fieldAt(tree, 'count')?.about).toBe('How many.')
  })

  test('a definition that points to itself, or to nothing, ends', () => {
    expect(fieldsOfSchema({ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }).fields).toEqual([])
    expect(fieldsOfSchema({ $ref: 'https://elsewhere.example/x' }).type).toBe('any')
    expect(fieldsOfSchema(true)).toEqual({ type: 'any', sample: null, fields: [] })
  })
})

test('a placeholder in a mock has the type of its argument', () => {
  const tree = fieldsOfMock(
    { id: '{{id}}', label: 'No. {{id}}', other: '{{gone}}' },
    { type: 'object', properties: { id: { type: 'integer' } } },
  )
  expect(tree.fields.map(({ type }) => type)).toEqual(['integer', 'string', 'any'])
})

test('promise and result together give the promised type, the seen sample and the fields of both', () => {
  const promised = fieldsOfSchema({ properties: { lat: { type: 'number' }, city: { type: 'string' } } })
  expect(lines(mergeFields(promised, fieldsOfValue({ lat: 5, extra: true })))).toEqual([
    'lat: number 5',
    'city: string null',
    'extra: boolean true',
  ])
})

test('a type that is not the promised one is told, too; whole numbers are numbers', () => {
  const merged = (promised: unknown, seen: unknown) => mergeFields(fieldsOfValue(promised), fieldsOfValue(seen)).type
  expect(merged(0, 36.82)).toBe('number')
  expect(merged(1.5, 2)).toBe('number')
  expect(merged('x', null)).toBe('string | null')
})
