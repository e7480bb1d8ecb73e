import { expect, test } from 'vitest'
import { aFlow } from '../testing/logEvents.ts'
import { testApp } from '../testing/testApp.ts'

test('a flow is saved, read, listed and deleted', async () => {
  const { call } = await testApp()
  const created = await call('POST', '/api/flows', aFlow('Berths', ['chart']))
  expect([created.status, created.body.version, created.headers.get('etag')]).toEqual([201, 1, '"1"'])
  const { id } = created.body
  expect((await call('GET', `/api/flows/${id}`)).body).toEqual(created.body)
  expect((await call('GET', '/api/flows')).body).toEqual({ items: [created.body] })
  expect((await call('DELETE', `/api/flows/${id}`)).status).toBe(204)
  const gone = await call('GET', `/api/flows/${id}`)
  expect([gone.status, gone.body.error.code]).toEqual([404, 'not_found'])
  expect((await call('DELETE', `/api/flows/${id}`)).status).toBe(404)
})

test('a document is kept as its author wrote it, without defaults filled in', async () => {
  const { call } = await testApp()
  const document = { format: 'volley.flow/1', name: 'Short', agent: { provider: 'simulated', model: 'simulated-1' } }
  const { body } = await call('POST', '/api/flows', document)
  expect((await call('GET', `/api/flows/${body.id}/export?format=volley`)).body).toEqual(document)
})

test('a save makes a version, a stale one gets 412 and changes nothing', async () => {
  const { call } = await testApp()
  const { id } = (await call('POST', '/api/flows', aFlow('First'))).body
  for (const tag of ['1', '"1"', 'W/"1"'])
    expect((await call('PUT', `/api/flows/${id}`, aFlow('First'), { 'if-match': tag })).body.version).toBe(1)
  expect((await call('PUT', `/api/flows/${id}`, aFlow('Second'), { 'if-match': '1' })).body.version).toBe(2)
  const stale = await call('PUT', `/api/flows/${id}`, aFlow('Third'), { 'if-match': '1' })
  expect([stale.status, stale.body.error.code]).toEqual([412, 'precondition_failed'])
  expect((await call('PUT', `/api/flows/${id}`, aFlow('Third'), { 'if-match': 'soon' })).status).toBe(400)
  expect((await call('GET', `/api/flows/${id}`)).body.flow.name).toBe('Second')
  expect((await call('PUT', '/api/flows/none', aFlow())).status).toBe(404)
})

test('versions are listed newest first, with their labels', async () => {
  const { call } = await testApp()
  const { id } = (await call('POST', '/api/flows', aFlow('First'))).body
  await call('PUT', `/api/flows/${id}`, aFlow('Second'))
  expect((await call('PUT', `/api/flows/${id}/labels/production`, { version: 1 })).status).toBe(200)
  const { items } = (await call('GET', `/api/flows/${id}/versions`)).body
  expect(items.map((item: { version: number; labels: string[] }) => [item.version, item.labels])).toEqual([
    [2, []],
    [1, ['production']],
  ])
  expect((await call('GET', `/api/flows/${id}/versions/1`)).body).toMatchObject({ version: 1, flow: { name: 'First' } })
  for (const version of ['3', '0', 'x'])
    expect((await call('GET', `/api/flows/${id}/versions/${version}`)).status).toBe(404)
  expect((await call('PUT', `/api/flows/${id}/labels/production`, { version: 9 })).status).toBe(422)
  expect((await call('PUT', `/api/flows/${id}/labels/a%20b`, { version: 1 })).status).toBe(422)
  expect((await call('PUT', '/api/flows/none/labels/production', { version: 1 })).status).toBe(404)
})

test('a bad document is not saved: 422 with every problem', async () => {
  const { call } = await testApp()
  const bad = { ...aFlow(), format: 'volley.flow/9', tempo: 3 }
  const answer = await call('POST', '/api/flows', bad)
  expect(answer.status).toBe(422)
  expect(answer.body.error.problems.map((problem: { pointer: string }) => problem.pointer)).toEqual(
    expect.arrayContaining(['/format', '/tempo']),
  )
  expect((await call('GET', '/api/flows')).body.items).toEqual([])
})

test('validate answers 200 for any document', async () => {
  const { call } = await testApp()
  expect((await call('POST', '/api/flows/validate', aFlow())).body).toEqual({ valid: true, problems: [] })
  const { status, body } = await call('POST', '/api/flows/validate', [])
  expect([status, body.valid, body.problems.length > 0]).toEqual([200, false, true])
})

test('the list can be read in pages', async () => {
  const { call } = await testApp()
  for (const name of ['A', 'B', 'C']) await call('POST', '/api/flows', aFlow(name))
  const first = (await call('GET', '/api/flows?limit=2')).body
  const rest = (await call('GET', `/api/flows?limit=2&cursor=${first.cursor}`)).body
  expect([first.items.length, rest.items.length, rest.cursor]).toEqual([2, 1, undefined])
  expect(new Set([...first.items, ...rest.items].map((item: { id: string }) => item.id)).size).toBe(3)
  for (const query of ['limit=0', 'limit=x', 'cursor=x'])
    expect((await call('GET', `/api/flows?${query}`)).status).toBe(422)
})

test('an export names its formats when asked for another', async () => {
  const { call } = await testApp()
  const { id } = (await call('POST', '/api/flows', aFlow('Berths', ['chart']))).body
  expect((await call('GET', `/api/flows/${id}/export?format=mcp`)).body).toEqual([{ name: 'chart', format: 'mcp' }])
  const answer = await call('GET', `/api/flows/${id}/export?format=xml`)
  expect([answer.status, answer.body.error.message]).toEqual([422, expect.stringContaining('anthropic')])
})
