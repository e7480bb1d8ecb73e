import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { RunRecord } from '@volley/shared/run/record.ts'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../log.ts'
import { PARTS } from '../parts.ts'
import { startServer } from '../server.ts'
import { TEST_TOKEN, testEnv } from '../testing/testEnv.ts'
import { parseAllowList } from '../tools/addresses.ts'
import { startTestServer } from '../tools/testServer.ts'
import { createRedaction } from './redact.ts'

const SECRET = 'tern-4471/of the "outer" skerries'

/** A real server, and a web service that sends back, in every form, the key it was sent. */
async function stage() {
  const egressAllow = parseAllowList('127.0.0.1')
  const env = testEnv({ egressAllow: egressAllow.ok ? egressAllow.value : [] })
  const redaction = createRedaction()
  const lines: string[] = []
  const logger = createLog('debug', { write: (line: string) => void lines.push(line) }, redaction.text)
  const server = await startServer(env, PARTS, logger, { root: `${env.dataFolder}/..`, redaction })
  if (!server.ok) throw new Error(server.error)
  onTestFinished(() => server.value.stop())
  const origin = new URL(server.value.address).origin
  const call = async (method: string, to: string, body?: unknown) => {
    const answer = await fetch(`${origin}/api${to}`, {
      method,
      headers: { authorization: `Bearer ${TEST_TOKEN}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return answer.text()
  }
  const web = await startTestServer((request, response) => {
    const key = String(request.headers['x-key'] ?? request.body)
    response.writeHead(request.url === '/fail' ? 500 : 200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        key,
        [key]: Buffer.from(`user:${key}`).toString('base64'),
        url: encodeURIComponent(key),
        json: JSON.stringify({ key }),
      }),
    )
  })
  onTestFinished(() => web.close())
  return { call, web, lines, logger, folder: env.dataFolder }
}

const FORMS = [
  SECRET,
  'tern-4471',
  'outer',
  encodeURIComponent(SECRET),
  Buffer.from(SECRET).toString('base64').slice(0, -4),
  Buffer.from(`user:${SECRET}`).toString('base64').slice(8, -4),
]

test('a tool gets the secret; the run, its files, the log and the lists show only ***', async () => {
  const { call, web, lines, logger, folder } = await stage()
  await call('PUT', '/secrets/KEY', { value: SECRET })
  const http = (name: string, at: string) => ({
    name,
    parameters: { type: 'object' },
    run: {
      kind: 'http',
      method: 'POST',
      url: `${web.url}${at}`,
      body: '{{secret.KEY}}',
      headers: { 'content-type': 'text/plain' },
    },
  })
  const take = {
    name: 'take',
    parameters: { type: 'object', properties: { what: {} } },
    run: { kind: 'http', method: 'POST', url: `${web.url}/take` },
  }
  const flow = {
    format: 'volley.flow/1',
    name: 'Skerries',
    agent: {
      provider: 'simulated',
      model: 'simulated-1',
      settings: {
        script: [
          {
            text: `I was told ${SECRET}.`,
            calls: [
              { tool: 'echo', arguments: {} },
              { tool: 'fail', arguments: {} },
              { tool: 'take', arguments: { what: { from_call: 1, path: 'key' } } },
            ],
          },
          { text: `Done, ${SECRET}.` },
        ],
      },
    },
    tools: [http('echo', '/echo'), http('fail', '/fail'), take],
    edges: [{ from: 'echo', to: 'take', kind: 'data' }],
  }
  const { runId } = JSON.parse(await call('POST', '/runs', { flow, input: `Do not tell ${SECRET}.` }))
  const events = await call('GET', `/runs/${runId}/events`)
  const record = await call('GET', `/runs/${runId}`)
  logger.error({ err: new Error(SECRET) }, `about ${SECRET}`)

  const { calls, turns, output } = JSON.parse(record) as RunRecord
  expect(calls.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded'])
  expect([turns[0]?.text, output]).toEqual(['I was told ***.', 'Done, ***.'])
  const sent = web.seen.map(({ url, body }) => [url, body])
  expect(sent).toContainEqual(['/echo', SECRET])
  // What a tool sends back goes to no other tool.
  expect(sent).toContainEqual(['/take', '{"what":"***"}'])

  const runs = await call('GET', '/runs')
  const audit = await call('GET', '/audit')
  expect(audit).toContain('secret_used')
  for (const form of FORMS)
    expect([events, record, runs, audit, lines.join()].map((text) => text.includes(form))).toEqual(Array(5).fill(false))

  // The document stays as its author wrote it, secret and all; nothing else in the files does.
  const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name)).toString('latin1'))
  expect(files.join()).not.toContain('Do not tell tern')
  expect(files.join()).not.toContain(Buffer.from(`user:${SECRET}`).toString('base64').slice(8, -4))
})

test('no file of the data folder holds a secret that a flow names by its placeholder', async () => {
  const { call, web, folder } = await stage()
  await call('PUT', '/secrets/KEY', { value: 'razorbill-9023' })
  await call('PUT', '/connections/box', { kind: 'openai', baseUrl: web.url, apiKey: 'sk-puffin-7730' })
  const headers = { 'X-Key': '{{secret.KEY}}' }
  const tool = { name: 'echo', parameters: { type: 'object' }, run: { kind: 'http', url: `${web.url}/echo`, headers } }
  const flow = { format: 'volley.flow/1', name: 'x', agent: { provider: 'simulated', model: 's' }, tools: [tool] }
  const calls = [{ tool: 'echo', arguments: { said: 'razorbill-9023', 'razorbill-9023': ['sk-puffin-7730'] } }]
  const { runId } = JSON.parse(await call('POST', '/batches', { flow, calls }))
  const events = await call('GET', `/runs/${runId}/events`)
  expect(events).toContain('call.succeeded')
  expect(web.seen[0]?.headers['x-key']).toBe('razorbill-9023')
  // Live arguments are sent as they are.
  expect(web.seen[0]?.url).toContain('razorbill-9023=')
  for (const name of readdirSync(folder)) {
    const text = readFileSync(path.join(folder, name)).toString('latin1')
    for (const word of ['razorbill', 'puffin', Buffer.from('razorbill-9023').toString('base64').slice(0, -3)])
      expect(text.includes(word), `${word} in ${name}`).toBe(false)
  }
})
