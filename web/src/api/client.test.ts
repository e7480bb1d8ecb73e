import { afterEach, expect, test, vi } from 'vitest'
import { getFlow, listRuns, putFlow, sentenceOf, startRun } from './client.ts'

afterEach(() => vi.unstubAllGlobals())

function answering(status: number, body: string) {
  const asked: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init })
    return new Response(body === '' ? null : body, { status })
  })
  return asked
}

test('a server that does not answer is a fault with the way out, not an exception', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const answer = await getFlow('f1')
  expect(answer).toMatchObject({ ok: false, error: { status: 0, code: 'offline' } })
  expect(answer.ok === false && answer.error.message).toMatch(/still running/)
})

test('a 401 says to open the printed address again', async () => {
  answering(401, '{"error":{"code":"unauthorized","message":"no token"}}')
  const answer = await getFlow('f1')
  expect(answer).toMatchObject({ ok: false, error: { code: 'unauthorized' } })
  expect(answer.ok === false && answer.error.message).toMatch(/Open the address again/)
})

test('the problems of a refused document come with their pointers', async () => {
  answering(
    422,
    '{"error":{"code":"unprocessable","message":"The flow has 2 faults.","problems":[{"pointer":"/tools/0/name","message":"\\"a b\\" is no tool name."},{"pointer":"/x","message":"unknown"}]}}',
  )
  const answer = await startRun({ input: 'hi' })
  expect(answer.ok).toBe(false)
  expect(answer.ok === false && sentenceOf(answer.error)).toBe(
    'The flow has 2 faults. /tools/0/name: "a b" is no tool name. (and 1 more)',
  )
})

test('an answer that is not ours still gives a sentence', async () => {
  answering(502, '<h1>Bad gateway</h1>')
  expect(await getFlow('f1')).toMatchObject({ ok: false, error: { status: 502, code: 'internal', problems: [] } })
  answering(200, '<h1>Some other server</h1>')
  expect((await getFlow('f1')).ok).toBe(false)
})

test('saving names the version it builds on, ids are escaped, a body is JSON', async () => {
  const asked = answering(200, '{"id":"a/b","version":4}')
  const flow = { format: 'volley.flow/1' as const, name: 'x', agent: { provider: 'simulated', model: 'm' } }
  await putFlow('a/b', flow, 3)
  expect(asked[0]?.url).toBe('/api/flows/a%2Fb')
  expect(asked[0]?.init).toMatchObject({
    method: 'PUT',
    credentials: 'same-origin',
    headers: { 'if-match': '3', 'content-type': 'application/json' },
    body: JSON.stringify(flow),
  })
})

test('a filter becomes a query of what was given', async () => {
  const asked = answering(200, '{"items":[]}')
  await listRuns({ status: 'failed', cursor: undefined, limit: 20 })
  expect(asked[0]?.url).toBe('/api/runs?status=failed&limit=20')
})
