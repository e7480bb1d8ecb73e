import { parseFlow } from '@volley/shared/flow/parse.ts'
import { expect, test } from 'vitest'
import { createSchemas } from '../../tools/schemas.ts'
import { readOpenApi } from './readOpenApi.ts'

const schemas = createSchemas()
const read = (content: string) => readOpenApi(content, { checkSchema: schemas.check })
const timed = (content: string) => {
  const start = performance.now()
  const answer = read(content)
  return { answer, ms: performance.now() - start }
}

/** A document such as large services publish: hundreds of operations, bodies that share recursive schemas, long descriptions. */
function largeDocument(operations: number, filler: number) {
  const schema = (index: number) => ({
    type: 'object',
    required: ['id', 'berth'],
    properties: {
      id: { type: 'string', format: 'uuid', description: 'Which ship it is. '.repeat(filler) },
      berth: { type: 'integer', nullable: true, minimum: 0, exclusiveMinimum: true },
      next: { $ref: `#/components/schemas/Ship${(index * 7 + 1) % 300}` },
      crew: { type: 'array', items: { $ref: `#/components/schemas/Person${index % 20}` } },
    },
  })
  const person = {
    type: 'object',
    properties: { name: { type: 'string', pattern: '^[A-Z]' }, age: { type: 'integer' } },
  }
  const path = (index: number) => ({
    post: {
      operationId: `moor ship ${index}`,
      tags: [`quay ${index % 9}`],
      description: 'Moors a ship at a berth, when one is free. '.repeat(filler),
      parameters: [
        { name: 'id', in: 'path', schema: { type: 'string' }, required: true },
        { name: 'dry', in: 'query', schema: { type: 'boolean' } },
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: `#/components/schemas/Ship${index % 300}` } } },
      },
      responses: { 200: { description: 'Moored. '.repeat(filler * 4) } },
    },
  })
  const named = <Value>(prefix: string, count: number, make: (index: number) => Value) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, make(index)]))
  return {
    openapi: '3.0.3',
    info: { title: 'A large harbour' },
    servers: [{ url: 'https://harbour.example/v1' }],
    paths: named('/ships/{id}/', operations, path),
    components: { schemas: { ...named('Ship', 300, schema), ...named('Person', 20, () => person) } },
  }
}

test('a document of 3 MB is read in under 3 s, and what comes out is a flow', () => {
  const content = JSON.stringify(largeDocument(900, 37))
  expect(content.length).toBeGreaterThan(3_000_000)
  const { answer, ms } = timed(content)
  expect(ms).toBeLessThan(3000)
  expect(answer.operations).toHaveLength(900)
  expect(parseFlow(answer.flow, { checkSchema: schemas.check }).ok).toBe(true)
})
