import { expect, test } from 'vitest'
import { aFlow } from '../testing/logEvents.ts'
import { testApp } from '../testing/testApp.ts'

async function served() {
  const { call, app, audit, store } = await testApp()
  const { id } = (await call('POST', '/api/flows', aFlow('Tides', ['tide_table']))).body
  const other = (await call('POST', '/api/flows', aFlow('Winds', ['wind_table']))).body.id
  const made = (await call('POST', '/api/tokens', { name: 'my shop', flowId: id })).body
  const withToken = (method: string, path: string, body?: unknown, token: string = made.token) =>
    call(method, path, body, { authorization: `Bearer ${token}` })
  return { call, app, audit, store, id, other, made, withToken }
}

test('a program starts a flow by label or version, and waits for its answer or asks later', async () => {
  const { call, id, withToken } = await served()
  await call('PUT', `/api/flows/${id}`, aFlow('Tides of today', ['tide_table']))
  await call('PUT', `/api/flows/${id}/labels/production`, { version: 1 })
  const started = await withToken('POST', `/api/flows/${id}/runs?label=production`, { input: 'When?' })
  expect([started.status, Object.keys(started.body)]).toEqual([202, ['runId']])
  const later = await withToken('GET', `/api/flows/${id}/runs/${started.body.runId}`)
  expect(later.body).toEqual({ ...started.body, status: 'succeeded', output: 'Answer to When?', error: null })
  expect((await call('GET', `/api/runs/${started.body.runId}`)).body.flow.version).toBe(1)

  const waited = await withToken('POST', `/api/flows/${id}/runs?version=2&wait=true`, { input: 'slowly' })
  expect([waited.status, waited.body.status, waited.body.output]).toEqual([200, 'succeeded', 'Answer to slowly'])
  const failed = await withToken('POST', `/api/flows/${id}/runs?wait=true`, { input: 'fail' })
  expect([failed.status, failed.body.status, failed.body.error.message]).toEqual([200, 'failed', 'The model said no.'])
})

test('what a program asks wrongly is told', async () => {
  const { id, other, withToken, call } = await served()
  const statusOf = async (path: string, body: unknown) => (await withToken('POST', path, body)).status
  expect(await statusOf(`/api/flows/${id}/runs?label=staging`, { input: 'x' })).toBe(404)
  expect(await statusOf(`/api/flows/${id}/runs?version=9`, { input: 'x' })).toBe(404)
  expect(await statusOf(`/api/flows/${id}/runs?version=1&label=a`, { input: 'x' })).toBe(422)
  expect(await statusOf(`/api/flows/${id}/runs?wait=maybe`, { input: 'x' })).toBe(422)
  expect(await statusOf(`/api/flows/${id}/runs`, {})).toBe(422)
  expect(await statusOf(`/api/flows/${id}/runs`, { input: 'x', overrides: { provider: 'openai' } })).toBe(422)
  const { runId } = (await call('POST', `/api/flows/${other}/runs`, { input: 'x' })).body
  expect((await withToken('GET', `/api/flows/${id}/runs/${runId}`)).status).toBe(404)
})

test('a program’s token opens its one flow and nothing else, in no spelling and by no method', async () => {
  const { id, other, app, made, withToken, audit, call } = await served()
  const refused: [string, string, unknown?][] = [
    ['GET', '/api/flows'],
    ['GET', `/api/flows/${id}`],
    ['PUT', `/api/flows/${id}`, aFlow('Mine', [])],
    ['DELETE', `/api/flows/${id}`],
    ['GET', `/api/flows/${id}/runs`],
    ['POST', `/api/flows/${other}/runs`, { input: 'x' }],
    ['POST', `/api/flows/${id}/runs/`, { input: 'x' }],
    ['POST', `/api/flows/${id}%2Fruns`, { input: 'x' }],
    ['POST', `/api/flows/${id}/runs/../../${other}/runs`, { input: 'x' }],
    ['GET', `/api/flows/${id}/runs/%2e%2e`],
    ['HEAD', `/api/flows/${id}/runs/x`],
    ['POST', '/api/runs', { flowId: id, input: 'x' }],
    ['GET', '/api/runs'],
    ['POST', '/api/batches', { flowId: id, calls: [] }],
    ['GET', '/api/secrets'],
    ['PUT', '/api/secrets/A', { value: 'x' }],
    ['GET', '/api/connections'],
    ['GET', '/api/tokens'],
    ['POST', '/api/tokens', { name: 'more', flowId: other }],
    ['DELETE', `/api/tokens/${made.id}`],
    ['GET', '/api/audit'],
    ['PATCH', '/mcp'],
    ['GET', '/mcp/x'],
    ['GET', '/'],
    ['GET', '/runs'],
  ]
  for (const [method, path, body] of refused)
    expect((await withToken(method, path, body)).status, `${method} ${path}`).toBe(403)
  const url = `http://127.0.0.1:4400/?token=${made.token}`
  expect((await app.request(url, { headers: { accept: 'text/html' } })).status).toBe(401)
  const asCookie = { cookie: `volley_token_4400=${made.token}`, 'content-type': 'application/json' }
  const byCookie = { method: 'POST', headers: asCookie, body: '{"input":"x"}' }
  expect((await app.request(`http://127.0.0.1:4400/api/flows/${id}/runs`, byCookie)).status).toBe(401)
  const foreign = { authorization: `Bearer ${made.token}`, origin: 'https://elsewhere.example' }
  expect((await call('POST', `/api/flows/${id}/runs`, { input: 'x' }, foreign)).status).toBe(403)
  await audit.idle()
  const { items } = (await call('GET', '/api/audit')).body
  expect(items.map(({ what }: { what: string }) => what)).toContain('api_token_refused')
})

test('a token is shown once, kept as a hash, listed with its last use, revoked at once and gone with its flow', async () => {
  const { id, other, call, made, withToken, store, audit } = await served()
  const start = (token?: string) => withToken('POST', `/api/flows/${id}/runs`, { input: 'x' }, token)
  expect(made.token).toMatch(/^volley_run_[\w-]{43}$/)
  const listed = async () => (await call('GET', '/api/tokens')).body.items
  expect(await listed()).toEqual([
    { id: made.id, name: 'my shop', flowId: id, createdAt: made.createdAt, usedAt: null },
  ])
  const rows = await store.database.selectFrom('api_token').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(made.token.slice(20))
  expect((await start()).status).toBe(202)
  expect((await listed())[0].usedAt).not.toBeNull()
  expect((await start(`${made.token}x`)).status).toBe(401)

  expect((await call('DELETE', `/api/tokens/${made.id}`)).status).toBe(204)
  expect((await start()).status).toBe(401)
  expect((await call('DELETE', `/api/tokens/${made.id}`)).status).toBe(404)
  expect((await call('POST', '/api/tokens', { name: 'x', flowId: 'none' })).status).toBe(422)
  await call('POST', '/api/tokens', { name: 'of the other', flowId: other })
  await call('DELETE', `/api/flows/${other}`)
  expect(await listed()).toEqual([])
  await audit.idle()
  const noted = (await call('GET', '/api/audit')).body.items.map(({ what }: { what: string }) => what)
  expect(noted).toEqual(expect.arrayContaining(['api_token_made', 'api_token_revoked']))
})
