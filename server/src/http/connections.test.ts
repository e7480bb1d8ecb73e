import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'

/** A server that lists models, and remembers what it was sent. */
async function aModelServer(answer: { status?: number; headers?: Record<string, string>; body?: string } = {}) {
  const seen: Record<string, unknown>[] = []
  const server = createServer((request, response) => {
    seen.push({ path: request.url, ...request.headers })
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
    response.end(answer.body ?? '{"data":[{"id":"tide-1"},{"id":"tide-2"}]}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const KEY = 'sk-puffin-7730'

test('a key is kept while the origin stays, and lost when it changes', async () => {
  const { call, connections } = await testApp()
  const put = (baseUrl: string, more = {}) => call('PUT', '/api/connections/box', { kind: 'openai', baseUrl, ...more })
  expect((await put('https://a.example/v1', { apiKey: KEY })).text).not.toContain('puffin')
  await put('https://a.example/v2')
  expect(await connections.get('box')).toMatchObject({ apiKey: KEY, baseUrl: 'https://a.example/v2' })
  await put('https://b.example/v1')
  expect(await connections.get('box')).not.toHaveProperty('apiKey')
  await put('https://a.example/v1')
  expect(await connections.get('box')).not.toHaveProperty('apiKey')
})

test('values of headers and environment are never listed, but for a placeholder', async () => {
  const { call, connections } = await testApp()
  await call('PUT', '/api/secrets/BUOY', { value: 'tern-4471' })
  const headers = { Authorization: 'Bearer {{secret.BUOY}}', 'X-Key': '{{secret.BUOY}}', Accept: 'text/plain' }
  await call('PUT', '/api/connections/far', { kind: 'mcp', url: 'https://mcp.example/x', headers })
  await call('PUT', '/api/connections/near', { kind: 'mcp', command: 'node', args: ['a.js'], env: { A_TOKEN: KEY } })
  const { body, text } = await call('GET', '/api/connections')
  expect(body.items).toMatchObject([
    { name: 'far', approved: true, headers: { Authorization: null, 'X-Key': '{{secret.BUOY}}', Accept: null } },
    { name: 'near', approved: false, command: 'node', args: ['a.js'], env: { A_TOKEN: null } },
  ])
  expect([text.includes('tern'), text.includes('puffin')]).toEqual([false, false])
  expect(await connections.get('far')).toMatchObject({
    transport: { is: 'http', headers: { Authorization: 'Bearer tern-4471', 'X-Key': 'tern-4471' } },
    problem: null,
  })
  await call('PUT', '/api/connections/far', { kind: 'mcp', url: 'https://mcp.example/y', headers: { 'X-Key': null } })
  expect(await connections.get('far')).toMatchObject({ transport: { headers: { 'X-Key': 'tern-4471' } } })
  const elsewhere = { kind: 'mcp', url: 'https://other.example/y', headers: { 'X-Key': null } }
  expect((await call('PUT', '/api/connections/far', elsewhere)).status).toBe(422)
})

test('a command is approved as it was seen, and no longer once anything of it has changed', async () => {
  const { call, connections } = await testApp()
  const seen = { kind: 'mcp', command: 'node', args: ['a.js'], env: { A: '1' }, cwd: '/srv' }
  const { hash } = (await call('PUT', '/api/connections/near', seen)).body
  const approve = (wanted: string) => call('POST', '/api/connections/near/approve', { hash: wanted })
  expect((await approve('another')).status).toBe(409)
  expect((await approve(hash)).body.approved).toBe(true)
  for (const change of [
    { command: 'deno' },
    { args: ['a.js', '-x'] },
    { env: { A: '2' } },
    { env: { B: '1' } },
    { cwd: '/' },
  ]) {
    const changed = (await call('PUT', '/api/connections/near', { ...seen, ...change })).body
    expect([changed.approved, changed.hash === hash, (await approve(hash)).status], JSON.stringify(change)).toEqual([
      false,
      false,
      409,
    ])
    await call('PUT', '/api/connections/near', seen)
    expect((await connections.get('near'))?.approved).toBe(false)
    await approve(hash)
  }
  expect((await call('POST', '/api/connections/nobody/approve', { hash })).status).toBe(404)
})

test.each([
  ['a built-in provider’s name', 'simulated', { kind: 'openai' }],
  ['a name that is none', 'a%20b', { kind: 'openai' }],
  ['a reserved name', 'constructor', { kind: 'openai' }],
  ['an unknown kind', 'x', { kind: 'ftp' }],
  ['no kind', 'x', {}],
  ['no JSON object', 'x', []],
  ['an unknown key', 'x', { kind: 'openai', url: 'https://a.example' }],
  ['an address that is none', 'x', { kind: 'openai', baseUrl: 'file:///etc/passwd' }],
  ['a password in the address', 'x', { kind: 'openai', baseUrl: 'https://me:secret@a.example' }],
  ['an MCP server without address and command', 'x', { kind: 'mcp' }],
  ['both an address and a command', 'x', { kind: 'mcp', url: 'https://a.example', command: 'x' }],
  ['headers of a command', 'x', { kind: 'mcp', command: 'x', headers: { a: 'b' } }],
  ['a header on two lines', 'x', { kind: 'mcp', url: 'https://a.example', headers: { a: 'b\r\nc: d' } }],
  ['a header of the connection itself', 'x', { kind: 'mcp', url: 'https://a.example', headers: { Host: 'b' } }],
  ['a placeholder that is no secret', 'x', { kind: 'mcp', url: 'https://a.example', headers: { a: '{{city}}' } }],
  ['a placeholder that is not closed', 'x', { kind: 'openai', apiKey: '{{secret.A' }],
])('%s is refused with a reason', async (_what, name, body) => {
  const { call } = await testApp()
  const answer = await call('PUT', `/api/connections/${name}`, body)
  expect([answer.status, answer.body.error.message.length > 20]).toEqual([422, true])
  expect((await call('GET', '/api/connections')).body.items).toEqual([])
})

test('who approves a command sees its environment, but for what may be a secret', async () => {
  const { call } = await testApp()
  const env = {
    NODE_OPTIONS: '--require=/srv/a.js',
    PATH: '/opt/bin',
    MODE: 'quick',
    NODE_AUTH_TOKEN: KEY,
    DATABASE_URL: 'postgres://me:hunter2hunter2@db.example/x',
  }
  const stored = await call('PUT', '/api/connections/near', { kind: 'mcp', command: 'node', env })
  expect(stored.body.env).toEqual({ ...env, NODE_AUTH_TOKEN: null, DATABASE_URL: null })
  expect(stored.text).not.toMatch(/puffin|hunter2/)
})

test('the password in an address among the variables is hidden wherever it shows up', async () => {
  const { call, redaction } = await testApp()
  const env = { DATABASE_URL: 'postgres://me:hunter2%21hunter2@db.example/x' }
  await call('PUT', '/api/connections/near', { kind: 'mcp', command: 'node', env })
  expect(redaction.text('at postgres://me:hunter2%21hunter2@db.example/x with hunter2!hunter2')).toBe(
    'at postgres://me:***@db.example/x with ***',
  )
})

test('a connection never leads to Volley itself', async () => {
  const { call } = await testApp()
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '2130706433']) {
    const model = await call('PUT', '/api/connections/box', { kind: 'openai', baseUrl: `http://${host}:4400/api` })
    const mcp = await call('PUT', '/api/connections/box', { kind: 'mcp', url: `http://${host}:4400/api` })
    expect([model.status, mcp.status], host).toEqual([422, 422])
  }
  expect((await call('PUT', '/api/connections/box', { kind: 'openai', baseUrl: 'http://127.0.0.1:4401' })).status).toBe(
    200,
  )
})

test('an answer is cut between words, so that a key in it is hidden whole', async () => {
  const { call } = await testApp()
  for (let filler = 270; filler < 305; filler += 5) {
    const { url } = await aModelServer({
      status: 500,
      body: `${'y'.repeat(filler)} ${KEY} and more ${'z'.repeat(400)}`,
    })
    await call('PUT', '/api/connections/box', { kind: 'openai', baseUrl: url, apiKey: KEY })
    expect((await call('POST', '/api/connections/box/test')).body.message).not.toMatch(/sk-p/)
  }
})

test('a secret that is missing, or bound elsewhere, is told before anything is sent', async () => {
  const { call, connections } = await testApp()
  await call('PUT', '/api/connections/box', { kind: 'openai', baseUrl: 'https://a.example', apiKey: '{{secret.BUOY}}' })
  expect((await connections.get('box'))?.problem).toContain('needs the secret "BUOY"')
  await call('PUT', '/api/secrets/BUOY', { value: 'tern-4471', origins: ['https://b.example'] })
  expect((await connections.get('box'))?.problem).toContain('bound to https://b.example')
  expect((await call('POST', '/api/connections/box/test')).body).toMatchObject({ ok: false })
  await call('PUT', '/api/secrets/BUOY', { value: 'tern-4471', origins: ['https://a.example'] })
  expect(await connections.get('box')).toMatchObject({ problem: null, apiKey: 'tern-4471' })
})

test.each([
  ['openai', '/v1/models', 'authorization', `Bearer ${KEY}`],
  ['openai-chat', '/v1/models', 'authorization', `Bearer ${KEY}`],
  ['anthropic', '/v1/models', 'x-api-key', KEY],
] as const)('a connection of kind %s is tested by asking for its models', async (kind, path, header, value) => {
  const { call } = await testApp()
  const { url, seen } = await aModelServer()
  const baseUrl = kind === 'anthropic' ? url : `${url}/v1/`
  await call('PUT', '/api/connections/box', { kind, baseUrl, apiKey: KEY })
  expect((await call('GET', '/api/connections/box/models')).body).toEqual({ models: ['tide-1', 'tide-2'] })
  expect((await call('POST', '/api/connections/box/test')).body).toEqual({ ok: true, models: 2 })
  expect(seen[0]).toMatchObject({ path, [header]: value })
})

test('a key does not follow a redirect, and what the server says back of it is hidden', async () => {
  const { call } = await testApp()
  const target = await aModelServer()
  const redirect = await aModelServer({ status: 307, headers: { location: `${target.url}/v1/models` } })
  const echo = await aModelServer({ status: 500, body: `who sent ${KEY}?` })
  await call('PUT', '/api/connections/box', { kind: 'openai', baseUrl: redirect.url, apiKey: KEY })
  expect((await call('POST', '/api/connections/box/test')).body.message).toContain('redirects')
  expect(target.seen).toEqual([])
  await call('PUT', '/api/connections/box', { kind: 'openai', baseUrl: echo.url, apiKey: KEY })
  const told = (await call('POST', '/api/connections/box/test')).body.message
  expect([told.includes('***'), told.includes('puffin')]).toEqual([true, false])
  await call('PUT', '/api/connections/gone', { kind: 'openai', baseUrl: 'http://127.0.0.1:9' })
  expect((await call('POST', '/api/connections/gone/test')).body).toMatchObject({ ok: false })
})

test('model connections are offered as providers', async () => {
  const { call } = await testApp()
  await call('PUT', '/api/connections/box', { kind: 'openai', baseUrl: 'https://a.example', apiKey: KEY })
  const names = (await call('GET', '/api/info')).body.providers.map(({ name }: { name: string }) => name)
  expect(names).toEqual(['simulated', 'box'])
})
