import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSchemas } from './schemas.ts'

const { check, validate } = createSchemas()
const objectOf = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'object',
  properties,
  ...more,
})
const pattern = (text: string) => objectOf({ x: { type: 'string', pattern: text } })

describe('a schema of parameters', () => {
  test.each([
    ['an empty one', objectOf({})],
    [
      'one with references that loop',
      objectOf(
        { tree: { $ref: '#/$defs/node' } },
        {
          $defs: {
            node: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/$defs/node' } } } },
          },
        },
      ),
    ],
    [
      'draft-07 with definitions',
      objectOf(
        { a: { $ref: '#/definitions/a' } },
        { $schema: 'http://json-schema.org/draft-07/schema#', definitions: { a: { type: 'string' } } },
      ),
    ],
    [
      'draft-07 with a list of items',
      objectOf(
        { a: { items: [{ type: 'string' }], additionalItems: false } },
        { $schema: 'http://json-schema.org/draft-07/schema#' },
      ),
    ],
    ['2019-09', objectOf({ a: { $recursiveRef: '#' } }, { $schema: 'https://json-schema.org/draft/2019-09/schema' })],
    [
      '2020-12',
      objectOf(
        { a: { prefixItems: [{ type: 'string' }] } },
        { $schema: 'https://json-schema.org/draft/2020-12/schema' },
      ),
    ],
    ['unknown keywords and formats', objectOf({ a: { type: 'string', format: 'berth-number', 'x-order': 1 } })],
    [
      'an id of its own, and references to it',
      objectOf(
        { a: { $ref: 'https://example.org/a' } },
        { $defs: { a: { $id: 'https://example.org/a', type: 'string' } } },
      ),
    ],
    [
      'what looks like a bad schema in a default',
      objectOf({ a: { default: { pattern: '(?=x)', $ref: 'https://example.org' } } }),
    ],
    ['a pattern with classes and names', pattern('^(?<year>\\d{4})-\\p{L}+[\\w.-]*\\/\\u00e9$')],
  ])('%s is good', (_what, schema) => {
    expect(check(schema)).toEqual([])
    expect(check(schema)).toEqual([])
  })

  test.each([
    ['no object', [], '', /is an object, but this is a list/],
    ['an asynchronous one', objectOf({}, { $async: true }), '/$async', /asynchronous/],
    ['no type', {}, '/type', /must be "object", but it is missing/],
    ['another type', { type: 'string' }, '/type', /but it is text "string"/],
    ['a type that does not exist', objectOf({ a: { type: 'strin' } }), '/properties/a/type', /"strin" is no type/],
    ['a required that is no list', objectOf({}, { required: 'a' }), '/required', /must be array/],
    ['a minimum that is text', objectOf({ 'a/b': { minimum: '1' } }), '/properties/a~1b/minimum', /must be number/],
    [
      'a remote reference',
      objectOf({ a: { $ref: 'https://example.org/a.json' } }),
      '/properties/a/$ref',
      /outside this schema and is never fetched/,
    ],
    ['a reference to nothing', objectOf({ a: { $ref: '#/$defs/a' } }), '/properties/a/$ref', /leads to no place/],
    [
      'a remote reference beside ids',
      objectOf({ a: { $ref: 'https://example.org/b' } }, { $defs: { a: { $id: 'https://example.org/a' } } }),
      '',
      /outside this schema/,
    ],
    [
      'a dialect of the future',
      objectOf({}, { $schema: 'https://json-schema.org/draft/2031-01/schema' }),
      '/$schema',
      /does not read/,
    ],
    ['a look-ahead', pattern('^(?=.*\\d)x'), '/properties/x/pattern', /look-ahead/],
    ['a back-reference', pattern('(a)\\1'), '/properties/x/pattern', /back-references/],
    ['a named back-reference', pattern('(?<n>a)\\k<n>'), '/properties/x/pattern', /back-references/],
    ['a broken pattern', pattern('('), '/properties/x/pattern', /./],
    ['a huge repetition', pattern('(a{1,900}){1,900}'), '/properties/x/pattern', /too large/],
    [
      'a bad pattern of names',
      objectOf({}, { patternProperties: { '(?!a)': {} } }),
      '/patternProperties/(?!a)',
      /look-ahead/,
    ],
    ['one that is too long', objectOf({ a: { description: 'x'.repeat(200_001) } }), '', /longer than/],
    [
      'one that is too deep',
      Array.from({ length: 70 }).reduce<object>((inner) => objectOf({ a: inner }), objectOf({})),
      '',
      /deeper than/,
    ],
  ])('%s is a problem', (_what, schema, pointer, message) => {
    expect(check(schema)).toContainEqual({ pointer, message: expect.stringMatching(message) })
  })

  test('whatever it is, checking does not throw', () => {
    const key = fc.constantFrom(
      'type',
      'properties',
      'items',
      '$ref',
      'pattern',
      'allOf',
      '$id',
      '$schema',
      'required',
      'enum',
      '$defs',
      'a',
    )
    const { schema } = fc.letrec((tie) => ({
      schema: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(key, tie('schema')),
        fc.array(tie('schema'), { maxLength: 3 }),
      ),
    }))
    fc.assert(
      fc.property(schema, (value) => {
        expect(Array.isArray(check(value))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

test('definitions that grow beyond measure are a problem', () => {
  const $defs = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [
      `d${n}`,
      n === 39 ? { type: 'string' } : { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
    ]),
  )
  expect(check(objectOf({ a: { $ref: '#/$defs/d0' } }, { $defs }))).toEqual([
    { pointer: '', message: expect.stringMatching(/beyond measure/) },
  ])
  expect(
    check(objectOf({ a: { $ref: '#/$defs/d30' } }, { $defs: Object.fromEntries(Object.entries($defs).slice(30)) })),
  ).toEqual([])
})

describe('arguments', () => {
  const schema = objectOf(
    {
      lat: { type: 'number', maximum: 90 },
      days: { type: 'integer', default: 3 },
      unit: { enum: ['C', 'F'] },
      at: objectOf({ pier: { type: ['string', 'null'] } }),
    },
    { required: ['lat'], additionalProperties: false },
  )

  test('that fit are accepted and stay as they are', () => {
    const value = { lat: 1.5, unit: 'C', at: { pier: null } }
    expect(validate(schema, value)).toEqual([])
    expect(value).toEqual({ lat: 1.5, unit: 'C', at: { pier: null } })
  })

  test.each([
    [{}, '/lat', '"lat" is missing.'],
    [{ lat: '4' }, '/lat', '"lat" must be a number, but is text "4".'],
    [{ lat: 91 }, '/lat', '"lat" must be <= 90.'],
    [{ lat: 1, days: 1.5 }, '/days', '"days" must be a whole number, but is the number 1.5.'],
    [{ lat: 1, unit: 'K' }, '/unit', '"unit" must be one of "C", "F", but is text "K".'],
    [{ lat: 1, dayz: 1 }, '/dayz', 'The whole has no property "dayz": did you mean "days"?'],
    [{ lat: 1, at: { pier: 7 } }, '/at/pier', '"pier" must be text or null, but is the number 7.'],
    [[], '', 'The whole must be an object, but is a list.'],
  ])('%j are refused', (value, pointer, message) => {
    expect(validate(schema, value)).toEqual([{ pointer, message }])
  })

  test('with many faults give at most 20 problems', () => {
    const many = { type: 'object', properties: { list: { type: 'array', items: { type: 'number' } } } }
    expect(validate(many, { list: Array.from({ length: 5000 }, () => 'x') })).toHaveLength(20)
  })

  test('are held to formats, and no inherited name counts as given', () => {
    expect(validate(objectOf({ day: { type: 'string', format: 'date' } }), { day: '2024-02-31' })).toHaveLength(1)
    expect(validate(objectOf({}, { required: ['toString'] }), {})).toHaveLength(1)
  })

  test('under a schema that refers to itself without end are refused, not fatal', () => {
    expect(validate({ type: 'object', allOf: [{ $ref: '#' }] }, {})).toEqual([
      { pointer: '', message: expect.stringMatching(/without end/) },
    ])
  })

  test('cannot make a pattern block the process', () => {
    const started = performance.now()
    expect(validate(pattern('^(a+)+$'), { x: `${'a'.repeat(50_000)}!` })).toHaveLength(1)
    expect(
      validate(objectOf({}, { patternProperties: { '^(a|a)*$': false } }), { [`${'a'.repeat(5000)}!`]: 1 }),
    ).toEqual([])
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('cannot make a format block the process', () => {
    const names = [
      'date',
      'time',
      'date-time',
      'duration',
      'uri',
      'uri-reference',
      'uri-template',
      'url',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uuid',
      'json-pointer',
      'relative-json-pointer',
      'byte',
      'regex',
    ]
    const texts = ['a', '1', ':', '.', '-', '/', '%41', 'a.', '1:', '{a', '@', '=', 'P1Y']
    const started = performance.now()
    for (const format of names)
      for (const text of texts) {
        const long = `${text.repeat(20_000)}!`
        validate(objectOf({ x: { type: 'string', format } }), { x: long })
        validate(objectOf({ x: { type: 'string', format } }), { x: `http://${long} ` })
      }
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

test('an id in one schema means nothing to another', () => {
  const schemas = createSchemas()
  const $id = 'https://json-schema.org/draft/2020-12/schema'
  expect(schemas.check(objectOf({}, { $id }))).toEqual([])
  expect(schemas.check(objectOf({ a: { type: 'number' } }, { $id }))).toEqual([])
  expect(schemas.validate(objectOf({ a: { type: 'number' } }, { $id }), { a: 'x' })).toHaveLength(1)
  expect(schemas.check(objectOf({ a: { type: 'strin' } }))).toHaveLength(1)
})

test('validators are kept, and the oldest go', () => {
  const schemas = createSchemas()
  for (let n = 0; n < 600; n++) expect(schemas.check(objectOf({ a: { const: n } }))).toEqual([])
  expect(schemas.validate(objectOf({ a: { const: 1 } }), { a: 2 })).toHaveLength(1)
})
