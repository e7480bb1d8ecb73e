import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSchemas } from './schemas.ts'
import { countingCode } from './schemaWork.ts'

const { check, validate } = createSchemas()
const objectOf = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'object',
  properties,
  ...more,
})
const listOf = <Item>(length: number, make: (index: number) => Item) =>
  Array.from({ length }, (_, index) => make(index))
const nested = (levels: number) => listOf(levels, () => 0).reduce<object>((inner) => ({ a: inner }), {})

const twice = { type: 'object', allOf: [{ properties: { a: { $ref: '#' } } }, { properties: { a: { $ref: '#' } } }] }

describe('a value whose check would take without measure is refused, under', () => {
  test.each([
    ['two references back at one place', twice, nested(30)],
    [
      'hundreds of searches through one list',
      objectOf({ a: { type: 'array', allOf: listOf(200, () => ({ contains: { type: 'string' } })) } }),
      { a: listOf(20_000, () => 1) },
    ],
    [
      'thousands of patterns for thousands of names',
      objectOf({}, { patternProperties: Object.fromEntries(listOf(1000, (n) => [`^p${n}`, {}])) }),
      Object.fromEntries(listOf(2000, (n) => [`k${n}`, 1])),
    ],
    [
      'hundreds of limits on one long text',
      objectOf({ a: { allOf: listOf(500, (n) => ({ maxLength: 150_000 + n })) } }),
      { a: 'x'.repeat(200_000) },
    ],
    [
      'hundreds of constants beside one large list',
      objectOf({ a: { anyOf: listOf(500, (n) => ({ const: [n] })) } }),
      { a: listOf(20_000, (n) => [n]) },
    ],
  ])('%s', (_what, schema, value) => {
    expect(check(schema)).toEqual([])
    expect(validate(schema, value)).toEqual([{ pointer: '', message: expect.stringMatching(/too much work.*simpler/) }])
    // What one value used up is not missing for the next.
    expect(validate(schema, { a: {} }).map(({ message }) => message)).not.toContain(
      expect.stringMatching(/too much work/),
    )
  })
})

describe('what is large but ordinary is checked to its end:', () => {
  const person = objectOf(
    {
      name: { type: 'string', minLength: 1, maxLength: 80, pattern: '^[\\p{L} ]+$' },
      mail: { type: 'string', format: 'email' },
      site: { type: 'string', format: 'url' },
      role: { enum: ['guest', 'member', 'owner'] },
      age: { type: 'integer', minimum: 0 },
    },
    { required: ['name'], additionalProperties: false },
  )
  const people = listOf(20_000, (n) => ({
    name: 'Ada Lovelace',
    mail: `ada${n}@example.org`,
    site: `https://example.org/people/${n}`,
    role: 'owner',
    age: n % 90,
  }))
  test.each([
    ['objects of many kinds', objectOf({ a: { type: 'array', items: person } }), { a: people }],
    [
      '10,000 numbers, each once',
      objectOf({ a: { type: 'array', uniqueItems: true } }),
      { a: listOf(10_000, (n) => n) },
    ],
    [
      '20,000 lists, each once',
      objectOf({ a: { type: 'array', uniqueItems: true } }),
      { a: listOf(20_000, (n) => [n]) },
    ],
    [
      '5 MB of numbers',
      objectOf({ a: { type: 'array', items: { type: 'number' } } }),
      { a: listOf(1_000_000, () => 1234) },
    ],
    [
      'a long text',
      objectOf({ a: { type: 'string', format: 'byte', pattern: '^[\\w+/=]*$' } }),
      { a: 'QUJD'.repeat(250_000) },
    ],
    [
      'a picture in an address',
      objectOf({ a: { type: 'string', format: 'uri' } }),
      { a: `data:image/png;base64,${'A'.repeat(1_000_000)}` },
    ],
    [
      'one of 15,000 objects',
      objectOf({ a: { type: 'array', items: { enum: listOf(9000, (n) => ({ n })) } } }),
      { a: listOf(2000, (n) => ({ n: n * 4 })) },
    ],
    [
      'a list under twenty choices',
      objectOf({ a: { type: 'array', items: { oneOf: listOf(20, (n) => objectOf({ kind: { const: `k${n}` } })) } } }),
      { a: listOf(5000, (n) => ({ kind: `k${n % 20}`, text: 'of some length, as most are' })) },
    ],
    [
      '500 parameters',
      objectOf(Object.fromEntries(listOf(500, (n) => [`p${n}`, { type: 'string', pattern: '^.{1,100}$' }]))),
      Object.fromEntries(listOf(500, (n) => [`p${n}`, 'x'.repeat(90)])),
    ],
    [
      'a tree',
      objectOf({ a: { type: 'array', items: { $ref: '#' } } }),
      { a: listOf(3000, () => ({ a: [{ a: [] }] })) },
    ],
  ])('%s', (_what, schema, value) => {
    expect(validate(schema, value)).toEqual([])
  })

  test('of very many wrong items, or fewer where they are too many, a problem is told', () => {
    const schema = objectOf({ a: { type: 'array', items: { type: 'string' } } })
    for (const count of [20_000, 300_000]) expect(validate(schema, { a: listOf(count, () => 1) })).not.toEqual([])
    expect(validate(schema, { a: listOf(20_000, () => 1) })).toHaveLength(20)
  })
})

test('counting changes nothing about what fits: whatever the schema and the value, the library says the same', () => {
  const text = fc.constantFrom('', 'a', 'b', 'if(', '"', '||', 'errors++;', '\u{1f600}\u{1f600}', 'http://a.org/')
  const leaf = fc.oneof(text, fc.constantFrom(0, -0, 1, 1.5, null, true, 2))
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 3 }),
    ),
  }))
  const flat = {
    type: fc.constantFrom('string', 'number', 'object', 'array', ['string', 'null']),
    enum: fc.array(value, { minLength: 1, maxLength: 3 }),
    const: value,
    minLength: fc.nat(3),
    maxLength: fc.nat(3),
    uniqueItems: fc.boolean(),
    pattern: fc.constantFrom('^a', 'b$', 'if\\('),
    format: fc.constantFrom('email', 'date', 'uri'),
    required: fc.uniqueArray(text, { maxLength: 2 }),
    unevaluatedProperties: fc.boolean(),
  }
  const { schema } = fc.letrec<{ schema: object }>((tie) => {
    const inner = tie('schema')
    const list = fc.array(inner, { minLength: 1, maxLength: 2 })
    return {
      schema: fc.oneof(
        { maxDepth: 2 },
        fc.record(flat, { requiredKeys: [] }),
        fc.record({ properties: fc.dictionary(text, inner, { maxKeys: 2 }), additionalProperties: inner }),
        fc.record({ items: inner, contains: inner }, { requiredKeys: ['items'] }),
        fc.record({ patternProperties: fc.dictionary(fc.constantFrom('a', '"'), inner, { maxKeys: 2 }) }),
        fc.record({ anyOf: list, not: inner }, { requiredKeys: ['anyOf'] }),
        fc.record({ oneOf: list, unevaluatedProperties: fc.boolean() }),
        fc.record({ if: inner, else: inner }),
      ),
    }
  })
  let accepted = 0
  fc.assert(
    fc.property(schema, value, (drawn, drawnValue) => {
      // As they come from a document and from a model.
      const [given, tried] = JSON.parse(JSON.stringify([drawn, drawnValue]))
      const plain = new Ajv2020({ strict: false, allErrors: true, ownProperties: true, logger: false })
      formats.default(plain, { keywords: false })
      const fits = plain.compile(given)(tried)
      if (fits) accepted++
      expect(validate(given, tried).length === 0).toBe(fits)
    }),
    { numRuns: 60 },
  )
  expect(accepted).toBeGreaterThan(5)
})

test('in code, texts are left alone and every condition, round and fault is counted', () => {
  expect(countingCode('if(a || b){errors++;for(const k in d){x("if(a || b)")}}')).toContain(
    'if(step(),a ||step()|| b){errors++;work.use(20);for(const k in d){step();x("if(a || b)")}}',
  )
})
