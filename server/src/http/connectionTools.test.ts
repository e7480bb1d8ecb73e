import fs from 'node:fs'
import type { McpToolList } from '@volley/shared/api.ts'
import type { RunRecord } from '@volley/shared/run/record.ts'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../log.ts'
import { PARTS } from '../parts.ts'
import { startServer } from '../server.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { TEST_TOKEN, testEnv } from '../testing/testEnv.ts'
import { EVERYTHING, oddServer } from '../tools/mcp/testing.ts'

/** A whole server with its real parts. */
async function aServer() {
  const started = await startServer(testEnv(), PARTS, createLog('silent'), { root: temporaryFolder() })
  if (!started.ok) throw new Error(started.error)
  onTestFinished(() => started.value.stop())
  const { origin } = new URL(started.value.address)
  const call = async <Body>(method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${origin}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${TEST_TOKEN}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: answer.status, body: (await answer.json()) as Body }
  }
  const approve = async (name: string) => {
    const { body } = await call<{ items: { name: string; hash: string }[] }>('GET', '/connections')
    const hash = body.items.find((one) => one.name === name)?.hash
    return call('POST', `/connections/${name}/approve`, { hash })
  }
  /** One volley written by hand, and the record of what became of it. */
  const volley = async (tools: { name: string; server: string; tool: string }[], calls: unknown[]) => {
    const flow = {
      format: 'volley.flow/1',
      name: 'Tools of servers',
      agent: { provider: 'simulated', model: 'simulated-1' },
      tools: tools.map(({ name, server, tool }) => ({
        name,
        parameters: { type: 'object' },
        run: { kind: 'mcp', server, tool },
      })),
    }
    const { body } = await call<{ runId: string }>('POST', '/batches', { flow, calls })
    const events = await fetch(`${origin}/api/runs/${body.runId}/events`, {
      headers: { authorization: `Bearer ${TEST_TOKEN}` },
    })
    const text = await events.text()
    return { record: (await call<RunRecord>('GET', `/runs/${body.runId}`)).body, text }
  }
  return { call, approve, volley }
}

test('a command is listed and called once a person has approved it, and not a moment before', async () => {
  const { call, approve, volley } = await aServer()
  const mark = `${temporaryFolder()}/started`
  const source = oddServer(
    ['greet'],
    'result(message.id, { content: [{ type: "text", text: "ahoy " + args.who }] })',
    `require('fs').appendFileSync(${JSON.stringify(mark)}, 'x')`,
  )
  await call('PUT', '/connections/odd', { kind: 'mcp', command: process.execPath, args: ['-e', source] })
  const greet = [{ name: 'greet', server: 'odd', tool: 'greet' }]
  const calls = [{ tool: 'greet', arguments: { who: 'you' } }]
  expect((await call('GET', '/connections/odd/tools')).status).toBe(409)
  expect((await volley(greet, calls)).record.calls).toMatchObject([{ status: 'failed', error: { code: 'blocked' } }])
  expect(fs.existsSync(mark)).toBe(false)

  expect((await approve('odd')).status).toBe(200)
  const listed = await call<McpToolList>('GET', '/connections/odd/tools')
  expect(listed).toMatchObject({ status: 200, body: { tools: [{ name: 'greet', inputSchema: { type: 'object' } }] } })
  expect(listed.body.hashes.greet).toMatch(/^[0-9a-f]{64}$/)
  expect((await volley(greet, calls)).record.calls).toMatchObject([{ status: 'succeeded', result: 'ahoy you' }])
  expect(fs.readFileSync(mark, 'utf8')).toBe('x')

  await call('PUT', '/connections/odd', { kind: 'mcp', command: process.execPath, args: ['-e', `${source} `] })
  expect((await volley(greet, calls)).record.calls).toMatchObject([{ error: { code: 'blocked' } }])
})

test('calls run side by side, tell how far they are, keep what is no text, and hide what is secret', async () => {
  const { call, approve, volley } = await aServer()
  await call('PUT', '/secrets/HARBOUR', { value: 'gannet-90210' })
  const env = { HARBOUR: '{{secret.HARBOUR}}' }
  await call('PUT', '/connections/all', { kind: 'mcp', command: process.execPath, args: [EVERYTHING], env })
  await approve('all')
  const names = ['trigger-long-running-operation', 'get-tiny-image', 'get-env', 'echo']
  const { record, text } = await volley(
    names.map((name) => ({ name, server: 'all', tool: name })),
    [
      ...[1, 2, 3, 4].map(() => ({ tool: names[0], arguments: { duration: 0.8, steps: 4 } })),
      { tool: names[1], arguments: {} },
      { tool: names[2], arguments: {} },
      { tool: names[3], arguments: { message: 'gannet-90210' } },
    ],
  )
  expect(record.calls.map(({ status }) => status)).toEqual(Array(7).fill('succeeded'))
  expect(record.calls[0]?.progress).toMatchObject({ total: 4 })
  expect(record.summary?.maxConcurrency).toBeGreaterThanOrEqual(4)
  expect(record.calls[4]?.result).toMatchObject({ content: [{}, { type: 'image', mimeType: 'image/png' }, {}] })
  expect(text).toContain('event: call.progress')
  expect(text).not.toContain('gannet')
  expect(record.calls[6]?.result).toBe('Echo: ***')
})

test('what cannot be listed is said: no such connection, a model, a server that dies', async () => {
  const { call, approve } = await aServer()
  await call('PUT', '/connections/model', { kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1' })
  await call('PUT', '/connections/dead', {
    kind: 'mcp',
    command: process.execPath,
    args: ['-e', 'console.error("no mast"); process.exit(4)'],
  })
  await approve('dead')
  expect((await call('GET', '/connections/none/tools')).status).toBe(404)
  expect((await call('GET', '/connections/model/tools')).status).toBe(422)
  expect(await call('GET', '/connections/dead/tools')).toMatchObject({
    status: 422,
    body: { error: { message: expect.stringMatching(/ended with code 4.*no mast/s) } },
  })
})
