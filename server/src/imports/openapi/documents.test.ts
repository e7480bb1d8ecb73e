import { readdirSync, readFileSync } from 'node:fs'
import { parseFlow } from '@volley/shared/flow/parse.ts'
import { describe, expect, test } from 'vitest'
import { createSchemas } from '../../tools/schemas.ts'
import { operationsOf } from './operations.ts'
import { parseText } from './parseText.ts'
import { readOpenApi } from './readOpenApi.ts'
import { createSource } from './source.ts'

interface Expected {
  file: string
  version: string
  ops: {
    method: string
    path: string
    operationId: string | null
    deprecated: boolean
    parameters: { name: string; in: string; required: boolean }[]
    body: { required: boolean; contentTypes?: string[]; swagger2?: string[] } | null
  }[]
}

const folder = new URL('__fixtures__/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const documents: Expected[] = JSON.parse(read('expected.json'))
const schemas = createSchemas()

test('every recorded document is expected to be something', () => {
  const files = readdirSync(folder).filter((name) => /--.*\.(json|yaml)$/.test(name))
  expect(documents.map(({ file }) => file).sort()).toEqual(files.sort())
})

describe.each(documents)('$file', ({ file, version, ops }) => {
  const answer = readOpenApi(read(file), { checkSchema: schemas.check })

  test('holds exactly the operations listed: method, path, id, parameters behind their $ref, and body', () => {
    const parsed = parseText(read(file))
    const source = createSource(parsed.ok && parsed.value, version.slice(0, 3) as '3.0')
    const found = operationsOf(source).map(({ method, path, operationId, deprecated, parameters, body }) => ({
      method,
      path,
      operationId,
      deprecated,
      parameters: parameters.map(({ name, in: where, required }) => ({ name, in: where, required })),
      body: body && {
        required: body.required,
        ...(version === '2.0'
          ? { swagger2: body.names }
          : { contentTypes: body.contents.map(({ type }) => type).sort() }),
      },
    }))
    expect(found).toEqual(
      ops.map(({ body, ...op }) => ({
        ...op,
        body: body && { ...body, ...(body.contentTypes ? { contentTypes: body.contentTypes.toSorted() } : {}) },
      })),
    )
    expect(source.problems().filter(({ pointer }) => pointer !== '/paths')).toEqual([])
  })

  test('gives a tool for each operation, in a flow that can be saved and run', () => {
    const names = answer.operations?.map(({ tool }) => tool)
    expect(answer.operations?.map(({ method, path }) => `${method} ${path}`)).toEqual(
      ops.map(({ method, path }) => `${method} ${path}`),
    )
    expect(names?.every((name) => /^[a-zA-Z0-9_-]{1,64}$/.test(name ?? ''))).toBe(true)
    expect(answer.flow?.tools?.map(({ name }) => name)).toEqual(names)
    const parsed = parseFlow(answer.flow, { checkSchema: schemas.check })
    expect(parsed.ok ? [] : parsed.error).toEqual([])
  })

  test('marks GET and HEAD as reading, PUT and DELETE as safe to repeat, and nothing else', () => {
    for (const [index, tool] of (answer.flow?.tools ?? []).entries()) {
      const method = ops[index]?.method ?? ''
      expect(tool.annotations?.readOnlyHint ?? false).toBe(['get', 'head'].includes(method))
      expect(tool.annotations?.idempotentHint ?? false).toBe(['put', 'delete'].includes(method))
    }
  })

  test('names every parameter of path, query and header among the tool’s own, required where it is', () => {
    for (const [index, tool] of (answer.flow?.tools ?? []).entries()) {
      const wanted = ops[index]?.parameters ?? []
      const parameters = tool.parameters as { properties: object; required: string[] }
      for (const { name, required } of wanted) {
        expect(Object.keys(parameters.properties)).toContain(name)
        expect(parameters.required.includes(name)).toBe(required)
      }
    }
  })
})
