import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseAllowList } from '../addresses.ts'
import { createEgress } from '../egress.ts'
import { startTestServer, type TestServer } from '../testServer.ts'
import { aSandbox, codeRunner } from './testing.ts'

const allowed = parseAllowList('127.0.0.1')
const egress = createEgress({ allow: allowed.ok ? allowed.value : [], ownPort: () => 4400 })
const sandbox = aSandbox({ egress })
const { run, problem } = codeRunner(sandbox)
let server: TestServer
let torn = 0
let held = 0
const open: ServerResponse[] = []

beforeAll(async () => {
  server = await startTestServer(({ method, url, headers, body }, response) => {
    response.on('close', () => {
      if (!response.writableEnded) torn++
    })
    if (url === '/never') {
      held++
      return
    }
    if (url === '/together') {
      open.push(response)
      if (open.length === 6) for (const one of open) one.end('"all here"')
      return
    }
    if (url === '/big') return void response.end('x'.repeat(11 * 1024 * 1024))
    response
      .writeHead(url === '/gone' ? 404 : 200, { 'content-type': 'application/json', 'x-kept': 'yes' })
      .end(JSON.stringify({ method, url, key: headers['x-key'] ?? null, body }))
  })
})
afterAll(async () => {
  server.close()
  await sandbox.close()
  await egress.close()
})

test('code that may fetch gets status, headers, text and JSON', async () => {
  const source = `export default async ({ url }) => {
    const answer = await fetch(url + '/a?b=1', { method: 'POST', headers: { 'X-Key': 'k' }, body: JSON.stringify({ n: 1 }) })
    const gone = await fetch(url + '/gone')
    return {
      status: answer.status, ok: answer.ok, kept: answer.headers['x-kept'], type: answer.headers.get('Content-Type'),
      sent: await answer.json(), gone: [gone.status, gone.ok, typeof (await gone.text())],
    }
  }`
  expect(await run(source, { url: server.url })).toEqual({
    ok: true,
    result: {
      status: 200,
      ok: true,
      kept: 'yes',
      type: 'application/json',
      sent: { method: 'POST', url: '/a?b=1', key: 'k', body: '{"n":1}' },
      gone: [404, false, 'string'],
    },
  })
})

test.each([
  ['a private address', 'http://10.0.0.1/', '{}', 'blocked'],
  ['the address of a machine’s own data', 'http://169.254.169.254/latest', '{}', 'blocked'],
  ['a file', 'file:///etc/passwd', '{}', 'blocked'],
  ['no address', 'example', '{}', 'whole address'],
  ['a header of the connection', 'https://example.org', '{ headers: { Host: "x" } }', '"Host" is set by Volley'],
  ['a split header', 'https://example.org', '{ headers: { a: "x\\r\\nb: y" } }', 'one line'],
  ['an odd method', 'https://example.org', '{ method: "TRACE" }', 'no method'],
  ['a body that is no text', 'https://example.org', '{ method: "POST", body: { a: 1 } }', 'must be text'],
])('fetch refuses %s', async (_what, url, init, said) => {
  const source = `export default () => fetch(${JSON.stringify(url)}, ${init})`
  expect(await problem(source)).toEqual({ code: 'tool_error', message: expect.stringContaining(said) })
})

test('an answer that is too large is an error that code can catch', async () => {
  const source = `export default async ({ url }) => { try { await fetch(url + '/big') } catch (error) { return error.message } }`
  expect(await run(source, { url: server.url })).toEqual({
    ok: true,
    result: expect.stringContaining('larger than 10 MB'),
  })
})

test('calls that wait for the network do so side by side, however few the places', async () => {
  // The server answers none of them before the last has come.
  const source = `export default async ({ url }) => (await fetch(url + '/together')).json()`
  const all = await Promise.all(
    Array.from({ length: 6 }, () => run(source, { url: server.url }, { timeoutMs: 15_000 })),
  )
  expect(all).toEqual(Array.from({ length: 6 }, () => ({ ok: true, result: 'all here' })))
})

test('a request ends with its call, at the time limit or when it is stopped', async () => {
  const source = `export default async ({ url }) => (await fetch(url + '/never')).text()`
  const before = torn
  expect(await problem(source, { url: server.url }, { timeoutMs: 1_500 })).toMatchObject({ code: 'timeout' })
  const stop = new AbortController()
  const heldBefore = held
  const stopped = run(source, { url: server.url }, { signal: stop.signal })
  await expect.poll(() => held, { timeout: 10_000 }).toBe(heldBefore + 1)
  stop.abort()
  expect(await stopped).toMatchObject({ code: 'cancelled' })
  await expect.poll(() => torn - before, { timeout: 10_000 }).toBe(2)
})
