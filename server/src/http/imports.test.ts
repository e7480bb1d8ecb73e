import { expect, test } from 'vitest'
import { PARTS } from '../parts.ts'
import { testApp } from '../testing/testApp.ts'

const content = `
openapi: 3.1.0
info: { title: Harbour }
servers: [{ url: 'https://harbour.example' }]
paths:
  /tides:
    get: { operationId: tides, tags: [water] }
    post: { operationId: record }
`

test('an OpenAPI document gives a flow and its operations, and nothing is saved', async () => {
  const { call } = await testApp({ documents: PARTS.documents })
  const { status, body } = await call('POST', '/api/import', { content })
  expect(status).toBe(200)
  expect(body).toMatchObject({ format: 'openapi', problems: [], flow: { name: 'Harbour' }, secrets: [] })
  expect(body.operations.map((one: { tool: string; tags: string[] }) => [one.tool, one.tags])).toEqual([
    ['tides', ['water']],
    ['record', []],
  ])
  expect((await call('GET', '/api/flows')).body.items).toEqual([])
  expect((await call('POST', '/api/flows', body.flow)).status).toBe(201)
})

test('a pick takes some of the operations', async () => {
  const { call } = await testApp({ documents: PARTS.documents })
  const { body } = await call('POST', '/api/import', { content, format: 'openapi', pick: ['record'] })
  expect(body.flow.tools.map(({ name }: { name: string }) => name)).toEqual(['record'])
  expect(body.operations).toHaveLength(2)
  expect((await call('POST', '/api/import', { content, pick: 'record' })).status).toBe(422)
})

test('what cannot be read is answered with the reason', async () => {
  const { call } = await testApp({ documents: PARTS.documents })
  const { status, body } = await call('POST', '/api/import', { content: 'openapi: 3.0.0\npaths: [' })
  expect([status, body.flow, body.problems[0].message]).toEqual([200, null, expect.stringContaining('line 2')])
})
