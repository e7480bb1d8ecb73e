import { javascriptLanguage } from '@codemirror/lang-javascript'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { argumentRows, argumentShape } from './argumentShape.ts'
import { readSource } from './readSource.ts'

const PARAMETERS = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'Where.' },
    place: { $ref: '#/$defs/place' },
    stops: { type: 'array', items: { $ref: '#/$defs/place' } },
    unit: { enum: ['m', 'ft'] },
    open: { type: 'object', properties: { a: {} }, additionalProperties: true },
    maybe: { anyOf: [{ $ref: '#/$defs/place' }, { type: 'null' }] },
    'two-words': { type: ['integer', 'null'] },
  },
  required: ['city'],
  $defs: {
    place: {
      type: 'object',
      properties: { lat: { type: 'number' }, lon: { type: 'number' }, near: { $ref: '#/$defs/place' } },
    },
  },
}
const shape = argumentShape(PARAMETERS)
const read = (source: string) => readSource(javascriptLanguage.parser.parse(source), source, shape)
const faultsOf = (source: string) => read(source).faults.map(({ from, to }) => source.slice(from, to))
const inside = (body: string) => `export default async (args) => { ${body} }`

test.each([
  [inside('return args.citty'), ['citty']],
  [inside('return args.place.lat + args.place.lot'), ['lot']],
  [inside('return args.stops[0].lat + args.stops[1].let'), ['let']],
  [inside('return args?.place?.near.near.lat + args["nothing"]'), ['"nothing"']],
  [inside('const { city, town, place: { lat, lng } } = args'), ['town', 'lng']],
  [inside('const p = args.place; const { lot } = p; return p.lan'), ['lan', 'lot']],
  [inside('return args.maybe.lt'), ['lt']],
  ['export default ({ city, plaice, place: { lat = 1, lo } }) => city', ['plaice', 'lo']],
  ['export default ({ place }) => place.lot', ['lot']],
  ['export default function run(input) { return input.nothing }', ['nothing']],
  ['function run(input) { return input.nothing }\nexport default run', ['nothing']],
  ['const run = (input) => input.nothing\nexport default run;', ['nothing']],
])('a name that is no parameter is found: %s', (source, expected) => {
  expect(faultsOf(source).toSorted()).toEqual(expected.toSorted())
})

test.each([
  inside('return args.city.trim().length + args.stops.map((one) => one.anything).length'),
  inside('return args["two-words"] + args.open.whatever + args[city] + args.toString()'),
  inside('const { city, ...rest } = args; return rest.anything'),
  inside('const other = { x: 1 }; return other.y + fetch.z'),
  inside('return [1].map((args) => args.nothing)'),
  inside('{ const args = { nothing: 1 }; return args.nothing }'),
  inside('try { } catch (args) { return args.nothing }'),
  inside('for (const args of []) args.nothing'),
  'export default async (args) => { args = {}; return args.nothing }',
  inside('args.extra = 1; return args.extra'),
  inside('const a = a.b; const { c } = c; return a'),
  'const helper = (args) => args.nothing\nexport default (args) => helper({ nothing: args.city })',
  'export default (...args) => args.nothing',
  'export default 1',
])('of what is not known nothing is said: %s', (source) => {
  expect(faultsOf(source)).toEqual([])
})

test('a fault names what was meant, or what there is', () => {
  const [near, far, deep] = read(inside('return args.citty + args.x + args.place.altitude')).faults
  expect(near?.message).toBe('"citty" is no parameter: did you mean "city"?')
  expect(far?.message).toMatch(/^"x" is no parameter: there are city, place, stops/)
  expect(deep?.message).toBe('"altitude" is nothing that args.place holds: there are lat, lon, near.')
  const none = argumentShape({ type: 'object', properties: {} })
  const source = inside('return args.x')
  expect(readSource(javascriptLanguage.parser.parse(source), source, none).faults[0]?.message).toBe(
    '"x" is no parameter: there are none.',
  )
})

test('every mention knows its path, type and description', () => {
  const source = inside('const { lat } = args.place; return args.city + args.stops[0].lon')
  const told = read(source).mentions.map(({ from, to, shape }) => [source.slice(from, to), shape.path, shape.type])
  expect(told).toEqual(
    expect.arrayContaining([
      ['place', 'args.place', 'object'],
      ['lat', 'args.place.lat', 'number'],
      ['city', 'args.city', 'string'],
      ['stops', 'args.stops', 'object[]'],
      ['lon', 'args.stops[0].lon', 'number'],
    ]),
  )
  expect(read(source).mentions.find(({ shape }) => shape.name === 'city')?.shape.about).toBe('Where.')
})

test('what can be completed is known while the code is not finished', () => {
  const source = 'export default async (given) => { const { place } = given; given. }'
  expect(read(source).shapeOf('given', source.length - 3)?.path).toBe('args')
  expect(read(source).shapeOf('place', source.length - 3)?.path).toBe('args.place')
  const pattern = 'export default ({ ci, place: { l } }) => 1'
  expect(read(pattern).patternAt(pattern.indexOf('ci') + 2)?.path).toBe('args')
  expect(read(pattern).patternAt(pattern.indexOf(' l ') + 2)?.path).toBe('args.place')
  expect(read(pattern).patternAt(pattern.length)).toBeNull()
})

test('the arguments are listed with what lies in them, a schema that holds itself included', () => {
  const rows = argumentRows(shape, 2).map(({ path, type }) => `${path}: ${type}`)
  expect(rows).toEqual([
    'args.city: string',
    'args.place: object',
    'args.place.lat: number',
    'args.place.lon: number',
    'args.place.near: object',
    'args.stops: object[]',
    'args.stops[0].lat: number',
    'args.stops[0].lon: number',
    'args.stops[0].near: object',
    'args.unit: "m" | "ft"',
    'args.open: object',
    'args.maybe: object',
    'args.maybe.lat: number',
    'args.maybe.lon: number',
    'args.maybe.near: object',
    'args["two-words"]: integer | null',
  ])
})

test('any text is read without a fault of ours', () => {
  const pieces = fc.constantFrom(
    'export default ',
    '(args) => ',
    '{',
    '}',
    'args',
    '.',
    '[0]',
    '?.',
    'place',
    ' = ',
    'const ',
    ';',
    ':',
    '...',
    '"',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
      const source = parts.join('')
      for (const { from, to } of read(source).faults) expect(from).toBeLessThanOrEqual(to)
    }),
  )
})
