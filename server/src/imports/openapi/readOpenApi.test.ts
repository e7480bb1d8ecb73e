import type { Tool } from '@volley/shared/flow/flow.ts'
import { parseFlow } from '@volley/shared/flow/parse.ts'
import { describe, expect, test } from 'vitest'
import { createSchemas } from '../../tools/schemas.ts'
import { readOpenApi } from './readOpenApi.ts'

const schemas = createSchemas()
const read = (document: unknown, pick?: string[]) =>
  readOpenApi(typeof document === 'string' ? document : JSON.stringify(document), { checkSchema: schemas.check, pick })
const SERVER = [{ url: 'https://harbour.example/v1/' }]

/** What becomes of one operation of a document whose other parts are given. */
function readOne(operation: object, { path = '/ships', method = 'post', openapi = '3.0.3', ...more } = {}) {
  const answer = read({ openapi, servers: SERVER, ...more, paths: { [path]: { [method]: operation } } })
  const parsed = parseFlow(answer.flow, { checkSchema: schemas.check })
  expect(parsed.ok ? [] : parsed.error).toEqual([])
  return { ...answer, tool: parsed.ok ? (parsed.value.tools[0] as Tool) : null }
}
const json = (schema: object, required = true) => ({ required, content: { 'application/json': { schema } } })
const places = ({ problems }: { problems: { pointer: string }[] }) => problems.map(({ pointer }) => pointer)

describe('an operation', () => {
  test('becomes an http tool whose arguments go where the document says', () => {
    const { tool, problems } = readOne(
      {
        operationId: 'moor',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'dry run', in: 'query', schema: { type: 'boolean' } },
          { name: 'X-Pilot', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: json({ type: 'object', required: ['berth'], properties: { berth: { type: 'integer' } } }),
      },
      { path: '/ships/{id}/moor' },
    )
    expect(problems).toEqual([])
    expect(tool?.run).toEqual({
      kind: 'http',
      method: 'POST',
      url: 'https://harbour.example/v1/ships/{{id}}/moor?dry%20run={{dry run}}',
      headers: { 'X-Pilot': '{{X-Pilot}}' },
    })
    expect(tool?.parameters).toMatchObject({ required: ['id', 'X-Pilot', 'berth'], additionalProperties: false })
  })

  test('keeps both of two parameters with one name, and sends each by its own', () => {
    const { tool, problems } = readOne(
      {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'id', in: 'query', schema: { type: 'integer' } },
        ],
        requestBody: json({ type: 'object', properties: { id: { type: 'boolean' }, constructor: { type: 'string' } } }),
      },
      { path: '/ships/{id}' },
    )
    expect(tool?.run).toMatchObject({
      url: 'https://harbour.example/v1/ships/{{id}}?id={{query_id}}',
      body: { id: '{{body_id}}', constructor: '{{body_constructor}}' },
    })
    expect(problems).toHaveLength(3)
  })

  test('with a body that is no plain object takes it as one argument', () => {
    for (const schema of [
      { type: 'array', items: { type: 'string' } },
      {
        oneOf: [
          { type: 'object', properties: { a: {} } },
          { type: 'object', properties: { b: {} } },
        ],
      },
      { type: 'object', additionalProperties: { type: 'string' } },
    ])
      expect(readOne({ requestBody: json(schema) }).tool).toMatchObject({
        parameters: { properties: { body: schema }, required: ['body'] },
        run: { body: '{{body}}' },
      })
  })

  test('that deletes with a body names all that goes to the query', () => {
    const parameters = [{ name: 'why', in: 'query', schema: { type: 'string' } }]
    const requestBody = json({ type: 'object', properties: { force: { type: 'boolean' } } })
    expect(readOne({ parameters, requestBody }, { method: 'delete' }).tool?.run).toMatchObject({
      url: 'https://harbour.example/v1/ships?why={{why}}',
      body: { force: '{{force}}' },
    })
  })

  test('takes a form as pairs; a body of files is reported, and none is sent', () => {
    const content = (type: string) => ({
      content: {
        [type]: { schema: { type: 'object', properties: { 'a b': { type: 'string' }, c: { type: 'integer' } } } },
      },
    })
    expect(readOne({ requestBody: content('application/x-www-form-urlencoded') }).tool?.run).toMatchObject({
      body: 'a%20b={{a b}}&c={{c}}',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })
    const files = readOne({ requestBody: content('multipart/form-data') })
    expect(files.tool?.run).toEqual({ kind: 'http', method: 'POST', url: 'https://harbour.example/v1/ships' })
    expect(places(files)).toEqual(['/paths/~1ships/post/requestBody'])
  })

  test('reports cookies, and headers that are not its own to set', () => {
    const parameters = ['cookie id', 'header Host', 'header Accept'].map((text) => {
      const [place, name] = text.split(' ')
      return { name, in: place, schema: { type: 'string' } }
    })
    const answer = readOne({ parameters })
    expect(places(answer)).toEqual([0, 1, 2].map((index) => `/paths/~1ships/post/parameters/${index}`))
    expect(answer.tool?.parameters.properties).toEqual({})
  })

  test('without an id is named by method and path, and no two share a name', () => {
    const answer = read({
      openapi: '3.1.0',
      servers: SERVER,
      paths: { '/a/{b}': { get: {}, put: { operationId: 'get_a_b' } }, '/': { get: { operationId: 'à la carte' } } },
    })
    expect(answer.operations?.map(({ tool }) => tool)).toEqual(['get_a_b', 'get_a_b_2', 'a_la_carte'])
  })
})

describe('schemas', () => {
  const bodyOf = (schema: object, more: { openapi?: string; components?: object } = {}) => {
    const { tool, ...answer } = readOne({ requestBody: json({ type: 'object', properties: { it: schema } }) }, more)
    const { properties, $defs } = (tool as Tool).parameters as { properties: { it: unknown }; $defs?: unknown }
    return { it: properties.it, $defs, ...answer }
  }

  test.each([
    [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      { type: 'string', enum: ['a'], nullable: true },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [{ allOf: [{ type: 'string' }], nullable: true }, { anyOf: [{ allOf: [{ type: 'string' }] }, { type: 'null' }] }],
    [
      { type: 'number', minimum: 1, exclusiveMinimum: true },
      { type: 'number', exclusiveMinimum: 1 },
    ],
    [
      { type: 'number', maximum: 9, exclusiveMaximum: false },
      { type: 'number', maximum: 9 },
    ],
    [
      { type: 'string', example: 'x', format: 'date' },
      { type: 'string', examples: ['x'], format: 'date' },
    ],
    [
      { type: 'object', properties: { id: { readOnly: true }, b: {} }, required: ['id', 'b'] },
      { type: 'object', properties: { b: {} }, required: ['b'] },
    ],
    [{ type: 'string', xml: { name: 'x' }, 'x-own': 1, externalDocs: {} }, { type: 'string' }],
  ])('of OpenAPI 3.0 are those of JSON Schema 2020-12: %j', (schema, expected) => {
    expect(bodyOf(schema).it).toEqual(expected)
  })

  test('of 3.1 stay as they are', () => {
    const schema = { type: ['string', 'null'], exclusiveMinimum: 1, examples: ['a'], const: 'a' }
    expect(bodyOf(schema, { openapi: '3.1.0' }).it).toEqual(schema)
  })

  test('that are small are written out; those that hold themselves become definitions', () => {
    const components = {
      schemas: {
        Name: { type: 'string', minLength: 1 },
        Node: {
          type: 'object',
          properties: { name: { $ref: '#/components/schemas/Name' }, next: { $ref: '#/components/schemas/Node' } },
        },
      },
    }
    const { it, $defs, problems } = bodyOf({ $ref: '#/components/schemas/Node' }, { components })
    expect(problems).toEqual([])
    expect(it).toEqual({ $ref: '#/$defs/Node' })
    expect($defs).toEqual({
      Node: { type: 'object', properties: { name: { type: 'string', minLength: 1 }, next: { $ref: '#/$defs/Node' } } },
    })
  })

  test('told apart by a property say so themselves', () => {
    const components = { schemas: { Cat: { type: 'object' }, Dog: { type: 'object' } } }
    const oneOf = ['Cat', 'Dog'].map((name) => ({ $ref: `#/components/schemas/${name}` }))
    const discriminator = { propertyName: 'kind', mapping: { puss: '#/components/schemas/Cat' } }
    expect(bodyOf({ oneOf, discriminator }, { components }).it).toEqual({
      oneOf: ['puss', 'Dog'].map((value) => ({
        allOf: [{ type: 'object' }, { properties: { kind: { const: value } }, required: ['kind'] }],
      })),
    })
  })

  test('that are faulty lose what is wrong, each with its place', () => {
    const at = '/paths/~1ships/post/requestBody/content/application~1json/schema/properties/it'
    const { it, problems } = bodyOf({
      type: 'object',
      minLength: 'two',
      pattern: '(?<=a)b',
      properties: { a: { type: 'any' }, b: { $ref: 'other.yaml#/B' }, c: { $ref: '#/none' }, d: 7 },
    })
    expect(it).toEqual({ type: 'object', properties: { a: {}, b: {}, c: {}, d: {} } })
    expect(problems.map(({ pointer }) => pointer.slice(at.length))).toEqual([
      '/minLength',
      '/pattern',
      '/properties/a/type',
      '/properties/b/$ref',
      '/properties/c/$ref',
      '/properties/d',
    ])
  })
})

describe('credentials', () => {
  const components = {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      inQuery: { type: 'apiKey', in: 'query', name: 'key' },
      cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
      bearer: { type: 'http', scheme: 'Bearer' },
    },
  }
  const runOf = (security: object[]) => {
    const { tool, ...answer } = readOne({ security }, { components, info: { title: 'Harbour desk' } } as object)
    return { run: tool?.run, ...answer }
  }

  test('become placeholders of secrets, which are listed', () => {
    const { run, secrets } = runOf([{ cookie: [] }, { key: [], inQuery: [] }, { bearer: [] }])
    expect(run).toMatchObject({
      url: 'https://harbour.example/v1/ships?key={{secret.HARBOUR_DESK_IN_QUERY}}',
      headers: { 'X-Key': '{{secret.HARBOUR_DESK_KEY}}' },
    })
    expect(secrets?.map(({ name }) => name)).toEqual(['HARBOUR_DESK_KEY', 'HARBOUR_DESK_IN_QUERY'])
    expect(runOf([{ bearer: [] }]).run).toMatchObject({
      headers: { Authorization: 'Bearer {{secret.HARBOUR_DESK_BEARER}}' },
    })
  })

  test('that no tool can send are reported, and none are sent', () => {
    const { run, problems, secrets } = runOf([{ cookie: [] }, { none: [] }])
    expect(run).not.toHaveProperty('headers')
    expect(secrets).toEqual([])
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/components/securitySchemes/cookie',
      '/paths/~1ships/post/security/1/none',
      '/paths/~1ships/post/security',
    ])
  })
})

test('servers take the defaults of their variables; one that cannot be called is reported', () => {
  const urlOf = (more: object) => {
    const answer = readOne({}, more as { openapi: string })
    return [answer.flow?.tools?.[0]?.run.kind === 'http' && answer.flow.tools[0].run.url, places(answer)]
  }
  const variables = { region: { default: 'north' } }
  expect(urlOf({ servers: [{ url: 'https://{region}.harbour.example', variables }] })).toEqual([
    'https://north.harbour.example/ships',
    [],
  ])
  expect(urlOf({ servers: [{ url: '/v2' }] })).toEqual(['https://server.invalid/v2/ships', ['/servers/0/url']])
  for (const url of [
    'https://{region}.harbour.example',
    'https://user:word@harbour.example',
    'ftp://harbour.example',
    7,
  ])
    expect(urlOf({ servers: [{ url }] })[0]).toBe('https://server.invalid/ships')
})

test('Swagger 2 says host, base path, scheme, body and form in its own words', () => {
  const swagger = {
    swagger: '2.0',
    host: 'harbour.example',
    basePath: '/v2',
    schemes: ['http', 'https'],
    consumes: ['application/json'],
    paths: {
      '/ships': {
        post: {
          parameters: [
            { name: 'ship', in: 'body', required: true, schema: { $ref: '#/definitions/Ship' } },
            { name: 'tags', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
          ],
        },
        put: {
          consumes: ['application/x-www-form-urlencoded'],
          parameters: [{ name: 'name', in: 'formData', type: 'string', required: true, description: 'Its name.' }],
        },
        patch: { parameters: [{ name: 'papers', in: 'formData', type: 'file' }] },
      },
    },
    definitions: { Ship: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
  }
  const answer = read(swagger)
  expect(answer.flow?.tools?.map(({ run, parameters }) => [run, parameters])).toEqual([
    [
      { kind: 'http', method: 'POST', url: 'https://harbour.example/v2/ships?tags={{tags}}' },
      expect.objectContaining({
        required: ['name'],
        properties: { tags: expect.anything(), name: { type: 'string' } },
      }),
    ],
    [
      expect.objectContaining({ body: 'name={{name}}' }),
      expect.objectContaining({
        properties: { name: { type: 'string', description: 'Its name.' } },
        required: ['name'],
      }),
    ],
    [{ kind: 'http', method: 'PATCH', url: 'https://harbour.example/v2/ships' }, expect.anything()],
  ])
  expect(places(answer)).toEqual(['/paths/~1ships/post/parameters/1', '/paths/~1ships/patch/parameters/0'])
})

test('what is picked is taken, under the name it had; the rest is listed all the same', () => {
  const document = {
    openapi: '3.0.0',
    servers: SERVER,
    paths: { '/a': { get: { operationId: 'x' }, post: { operationId: 'x' } } },
  }
  const answer = read(document, ['x_2', 'y'])
  expect(answer.flow?.tools?.map(({ name }) => name)).toEqual(['x_2'])
  expect(answer.operations).toMatchObject([
    { tool: 'x', method: 'get', path: '/a', operationId: 'x', tags: [], summary: '' },
    { tool: 'x_2', method: 'post' },
  ])
  expect(answer.problems.map(({ message }) => message).join()).toContain('"y"')
})

describe('a bad document', () => {
  test('is read as far as it can be, every fault with its place', () => {
    const answer = read({
      openapi: '3.0.0',
      servers: SERVER,
      paths: {
        ships: { get: {} },
        '/a': 7,
        '/b': { $ref: 'https://elsewhere.example/b.yaml' },
        '/c': {
          get: 'no',
          trace: {},
          post: { parameters: [{ in: 'query' }, { name: 'x', in: 'sea' }, 5], requestBody: 3 },
        },
        '/d': { $ref: '#/paths/~1d' },
      },
    })
    expect(places(answer)).toEqual([
      '/paths/ships',
      '/paths/~1a',
      '/paths/~1b/$ref',
      '/paths/~1c/get',
      '/paths/~1c/post/parameters/0/name',
      '/paths/~1c/post/parameters/1/in',
      '/paths/~1c/post/parameters/2',
      '/paths/~1c/post/requestBody',
      '/paths/~1d/$ref',
      '/paths/~1c/trace',
    ])
    expect(answer.operations?.map(({ tool }) => tool)).toEqual([null, 'post_c'])
  })

  test.each([
    ['openapi: 3.0.0\npaths: [', /YAML.*line 2/],
    ['{"openapi": "3.0.0",}', /no JSON.*position/],
    ['openapi: 4.0.0', /cannot be read: versions 3.0 and 3.1/],
    ['swagger: "1.2"', /convert the document/],
    ['- openapi', /is an object, but this is a list/],
    ['a: 1', /neither "openapi" nor "swagger"/],
    ['{"openapi":"3.0.0","__proto__":{}}', /__proto__/],
    ['openapi: 3.0.0\ninfo: {__proto__: {x: 1}}', /__proto__/],
    ['openapi: 3.0.0\nx: .inf', /no JSON value/],
    ['openapi: 3.0.0\nx: !!js/function "f"', /unknown/],
    ['openapi: 3.0.0\nx: 1\nx: 2', /duplicat/],
    [`{"openapi":"3.0.0","a":${'['.repeat(300)}${']'.repeat(300)}}`, /nested deeper than 200/],
  ])('%s is refused with a reason', (content, reason) => {
    const { flow, problems } = read(content)
    expect(flow).toBe(null)
    expect(problems[0]?.message).toMatch(reason)
  })

  const laughs = Array.from({ length: 12 }, (_, i) => `a${i}: &a${i} [${Array(9).fill(i === 0 ? 'ha' : `*a${i - 1}`)}]`)
  test.each([
    ['aliases that multiply', `openapi: 3.0.0\n${laughs.join('\n')}`],
    ['an alias that holds itself', 'openapi: 3.0.0\nx: &a [*a]'],
    [
      'merges without end',
      `openapi: 3.0.0\na: &a {${Array.from({ length: 900 }, (_, i) => `k${i}: 1`)}}\nb:\n${'- {<<: *a}\n'.repeat(90_000)}`,
    ],
    ['brackets without end', `openapi: 3.0.0\nx: ${'['.repeat(200_000)}`],
    ['dashes without end', `openapi: 3.0.0\nx:\n${'- '.repeat(200_000)}`],
  ])('%s: refused quickly', (_what, content) => {
    const start = performance.now()
    expect(read(content)).toMatchObject({ flow: null, problems: [{ message: expect.any(String) }] })
    expect(performance.now() - start).toBeLessThan(1500)
  })

  test('thousands of schemas of one name are no more work than others', () => {
    const groups = Array.from({ length: 20_000 }, (_, i) => {
      const next = { $ref: `#/components/g${(i + 1) % 20_000}/S` }
      return [`g${i}`, { S: { type: 'object', properties: { next } } }] as const
    })
    const requestBody = json({ $ref: '#/components/g0/S' })
    const start = performance.now()
    const answer = read({
      openapi: '3.0.0',
      servers: SERVER,
      paths: { '/a': { post: { requestBody } } },
      components: Object.fromEntries(groups),
    })
    expect(performance.now() - start).toBeLessThan(3000)
    expect(answer.operations).toMatchObject([{ tool: null }])
    expect(answer.problems[0]?.message).toContain('more than 1000 others')
  })

  test.each([
    [
      'schemas that double at each $ref',
      (i: number) => ({
        type: 'object',
        properties: { a: { $ref: `#/components/schemas/S${i + 1}` }, b: { $ref: `#/components/schemas/S${i + 1}` } },
      }),
    ],
    ['a chain of a thousand $ref', (i: number) => ({ $ref: `#/components/schemas/S${i + 1}` })],
    ['a chain of allOf', (i: number) => ({ allOf: [{ $ref: `#/components/schemas/S${i + 1}` }] })],
    ['a ring', (i: number) => ({ $ref: `#/components/schemas/S${(i + 1) % 1000}` })],
  ])('%s is read quickly or left out', (_what, make) => {
    const all = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`S${i}`, make(i)]))
    const start = performance.now()
    const answer = read({
      openapi: '3.0.0',
      servers: SERVER,
      paths: { '/a': { post: { requestBody: json({ $ref: '#/components/schemas/S0' }) } } },
      components: { schemas: { S1000: { type: 'string' }, ...all } },
    })
    expect(performance.now() - start).toBeLessThan(1500)
    expect(parseFlow(answer.flow, { checkSchema: schemas.check }).ok).toBe(true)
    expect(answer.problems.length + (answer.flow?.tools?.length ?? 0)).toBeGreaterThan(0)
  })
})
