import { expect, onTestFinished, test } from 'vitest'
import { realServer } from '../testing/realServer.ts'
import { parseAllowList } from '../tools/addresses.ts'
import { startTestServer } from '../tools/testServer.ts'

async function service() {
  const server = await startTestServer(({ url, headers, body }, response) => {
    response
      .writeHead(url.startsWith('/fail') ? 500 : 200, { 'content-type': 'application/json', 'x-harbour': 'north' })
      .end(JSON.stringify({ url, key: headers['idempotency-key'], body }))
  })
  onTestFinished(() => server.close())
  const allowed = parseAllowList('127.0.0.1')
  return { url: server.url, ...(await realServer({ egressAllow: allowed.ok ? allowed.value : [] })) }
}
const parameters = { type: 'object', properties: { berth: { type: 'integer' } }, required: ['berth'] }

test('a tool is tried alone, and what went out and came back can be read', async () => {
  const { call, ended, url } = await service()
  const tool = {
    name: 'moor',
    parameters,
    run: {
      kind: 'http',
      method: 'POST',
      url: `${url}/moor?dry=1`,
      headers: { 'X-Berth': '{{berth}}' },
      body: { at: '{{berth}}' },
    },
    policy: { approval: 'always' },
  }
  const { status, body } = await call('POST', '/api/tools/try', { tool, arguments: { berth: 7 } })
  expect(status).toBe(202)
  const record = await ended(body.runId)
  expect(record).toMatchObject({ status: 'succeeded', trial: true, calls: [{ tool: 'moor', status: 'succeeded' }] })
  expect(record.calls[0]?.exchange).toMatchObject({
    request: {
      method: 'POST',
      url: `${url}/moor?dry=1`,
      headers: { 'x-berth': '7' },
      body: { text: '{"at":7}', bytes: 8 },
    },
    answer: { status: 200, headers: { 'x-harbour': 'north' }, body: { text: expect.stringContaining('/moor?dry=1') } },
  })
  expect((await call('GET', '/api/runs')).body.items).toMatchObject([{ id: body.runId, trial: true }])
})

test('a call that fails shows its answer too; a run that is no trial keeps none', async () => {
  const { call, ended, url } = await service()
  const tool = { name: 'moor', parameters: { type: 'object' }, run: { kind: 'http', url: `${url}/fail` } }
  const failed = await ended((await call('POST', '/api/tools/try', { tool })).body.runId)
  expect(failed.calls[0]).toMatchObject({ error: { code: 'tool_error' }, exchange: { answer: { status: 500 } } })
  const flow = {
    format: 'volley.flow/1',
    name: 'Pilot',
    agent: { provider: 'simulated', model: 'simulated-1' },
    tools: [tool],
  }
  const batch = await ended((await call('POST', '/api/batches', { flow, calls: [{ tool: 'moor' }] })).body.runId)
  expect(batch.calls[0]).not.toHaveProperty('exchange')
})

test('arguments that do not fit are told in the run; a tool that is wrong is refused, with its place', async () => {
  const { call, ended } = await service()
  const tool = { name: 'moor', parameters, run: { kind: 'mock', result: 1 } }
  const misfit = await ended((await call('POST', '/api/tools/try', { tool, arguments: { berth: 'x' } })).body.runId)
  expect(misfit.calls[0]?.error?.code).toBe('invalid_arguments')
  const wrong = await call('POST', '/api/tools/try', { tool: { ...tool, run: { kind: 'http', url: 'ftp://x' } } })
  expect([wrong.status, wrong.body.error.problems.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
    422,
    ['/tool/run/url'],
  ])
  expect((await call('POST', '/api/tools/try', { arguments: {} })).status).toBe(422)
})
