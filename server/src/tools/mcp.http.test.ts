import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { anAddress, anMcp, EVERYTHING } from './mcp/testing.ts'
import { type SeenRequest, startTestServer } from './testServer.ts'

let everything: ChildProcess
let url = ''

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function startEverything(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [EVERYTHING, 'streamableHttp'], {
    env: { PATH: process.env.PATH, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (part) => {
      said += part
      if (/listening|running|port/i.test(said)) resolve()
    })
    child.once('exit', () => reject(new Error(said)))
  })
  return child
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

beforeAll(async () => {
  const port = await freePort()
  everything = await startEverything(port)
  url = `http://127.0.0.1:${port}/mcp`
})
afterAll(() => stop(everything))

describe('a real server over Streamable HTTP', () => {
  test('answers, side by side, with progress', async () => {
    const { call, mcp } = anMcp([anAddress('web', url)])
    const told: object[] = []
    const answers = await Promise.all([
      call('web', 'echo', { message: 'ahoy' }),
      call('web', 'get-sum', { a: 2, b: 3 }),
      call('web', 'trigger-long-running-operation', { duration: 0.2, steps: 2 }, { report: (one) => told.push(one) }),
    ])
    expect(answers.map((one) => one.ok && one.result)).toEqual([
      'Echo: ahoy',
      'The sum of 2 and 3 is 5.',
      expect.stringContaining('completed'),
    ])
    expect(told).toContainEqual({ progress: 1, total: 2 })
    expect(await mcp.list('web')).toMatchObject({
      ok: true,
      value: expect.arrayContaining([expect.objectContaining({ name: 'echo' })]),
    })
  })

  test('that was started anew in the meantime is asked again in a new session', async () => {
    const port = await freePort()
    const first = await startEverything(port)
    const { call } = anMcp([anAddress('web', `http://127.0.0.1:${port}/mcp`)])
    expect(await call('web', 'echo', { message: '1' })).toMatchObject({ ok: true })
    const waiting = call('web', 'trigger-long-running-operation', { duration: 30, steps: 3 })
    await new Promise((resolve) => setTimeout(resolve, 200))
    await stop(first)
    expect(await waiting).toMatchObject({ ok: false, code: 'network' })
    expect(await call('web', 'echo', { message: '2' })).toMatchObject({ ok: false, code: 'network' })
    const second = await startEverything(port)
    onTestFinished(() => stop(second))
    expect(await call('web', 'echo', { message: '3' })).toEqual({ ok: true, result: 'Echo: 3' })
  })
})

type Answer = (
  message: { id?: number; method: string; params?: never },
  request: SeenRequest,
  to: ServerResponse,
) => void

/** A server that greets well and then does as `answer` says. */
async function anOddServer(answer: Answer) {
  const server = await startTestServer((request, to) => {
    if (request.method !== 'POST') return to.writeHead(405).end()
    const message = JSON.parse(request.body)
    const json = (result: object) =>
      to
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }))
    if (message.method === 'initialize')
      json({
        protocolVersion: message.params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: 'odd', version: '1' },
      })
    else if (message.id === undefined) to.writeHead(202).end()
    else if (message.method === 'tools/list') json({ tools: [{ name: 'x', inputSchema: { type: 'object' } }] })
    else answer(message, request, to)
  })
  onTestFinished(() => server.close())
  return server
}

const text = (id: number | undefined, words: string) =>
  JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: words }] } })

describe('over HTTP', () => {
  test('the connection’s headers go with every request', async () => {
    const server = await anOddServer(({ id }, { headers }, to) =>
      to.writeHead(200, { 'content-type': 'application/json' }).end(text(id, String(headers['x-key']))),
    )
    const { call } = anMcp([anAddress('web', server.url, { 'X-Key': 'k-1' })])
    expect(await call('web', 'x')).toEqual({ ok: true, result: 'k-1' })
    expect(new Set(server.seen.map(({ headers }) => headers['x-key']))).toEqual(new Set(['k-1']))
  })

  test('Volley itself is never reached', async () => {
    const server = await anOddServer(({ id }, _request, to) => to.end(text(id, 'reached')))
    const { call } = anMcp([anAddress('web', server.url)], { ownPort: () => server.port })
    expect(await call('web', 'x')).toMatchObject({ ok: false, code: 'blocked' })
    expect(server.seen).toEqual([])
  })

  test('a redirect to another origin is not followed, and nothing is sent there', async () => {
    const other = await anOddServer(({ id }, _request, to) => to.end(text(id, 'elsewhere')))
    const server = await anOddServer((_message, _request, to) =>
      to.writeHead(307, { location: `${other.url}/x` }).end(),
    )
    const { call } = anMcp([anAddress('web', server.url, { 'X-Key': 'k-1' })])
    expect(await call('web', 'x')).toMatchObject({ ok: false, code: 'blocked' })
    expect(other.seen).toEqual([])
  })

  test('a stream that breaks before its answer fails the call', async () => {
    const server = await anOddServer((_message, _request, to) => {
      to.writeHead(200, { 'content-type': 'text/event-stream' })
      to.write(': here it comes\n\n')
      setTimeout(() => to.destroy(), 50)
    })
    const { call } = anMcp([anAddress('web', server.url)])
    expect(await call('web', 'x')).toMatchObject({ ok: false, code: 'network', retry: true })
  })

  test('the stream of a call that is stopped is closed, so that the server cannot go on talking', async () => {
    const begun = Promise.withResolvers<void>()
    const closed = Promise.withResolvers<void>()
    const server = await anOddServer((_message, _request, to) => {
      to.writeHead(200, { 'content-type': 'text/event-stream' })
      const notice = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'x' } }
      to.write(`data: ${JSON.stringify(notice)}\n\n`)
      to.on('close', closed.resolve)
    })
    const { call } = anMcp([anAddress('web', server.url)])
    const stop = new AbortController()
    const stopped = call('web', 'x', {}, { signal: stop.signal, report: () => begun.resolve() })
    await begun.promise
    stop.abort()
    expect(await stopped).toMatchObject({ ok: false, code: 'cancelled' })
    await closed.promise
  })

  test('an answer without end is given up on', async () => {
    const server = await anOddServer((_message, _request, to) => {
      to.writeHead(200, { 'content-type': 'application/json' })
      const more = () => !to.destroyed && to.write('x'.repeat(1 << 20), (error) => error ?? more())
      more()
    })
    const { call } = anMcp([anAddress('web', server.url)])
    expect(await call('web', 'x')).toMatchObject({ ok: false, message: expect.stringContaining('larger than 10 MB') })
  })

  test.each([
    ['nonsense', 200, 'text/html', '<h1>hello</h1>', { code: 'tool_error' }],
    ['broken JSON', 200, 'application/json', '{"jsonrpc":', { ok: false }],
    ['a fault of its own', 503, 'text/plain', 'busy', { code: 'tool_error', retry: true }],
    [
      'no welcome',
      401,
      'text/plain',
      'who are you?',
      { code: 'tool_error', message: expect.stringContaining('Check the headers') },
    ],
    [
      'an error of the protocol',
      200,
      'application/json',
      'ERROR',
      { code: 'tool_error', message: expect.stringContaining('no wind') },
    ],
  ])('%s is a clear fault of that call', async (_name, status, type, body, fault) => {
    const server = await anOddServer(({ id }, _request, to) =>
      to
        .writeHead(status, { 'content-type': type })
        .end(
          body === 'ERROR'
            ? JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_000, message: 'no wind' } })
            : body,
        ),
    )
    const { call } = anMcp([anAddress('web', server.url)])
    expect(await call('web', 'x')).toMatchObject(fault)
  })

  test('a server that is not there, or is none, is a network fault', async () => {
    const page = await startTestServer((_request, to) =>
      to.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi'),
    )
    onTestFinished(() => page.close())
    const { call } = anMcp([
      anAddress('none', `http://127.0.0.1:${await freePort()}/mcp`),
      anAddress('page', page.url),
      anAddress('odd', 'ftp://127.0.0.1/'),
    ])
    expect(await call('none', 'x')).toMatchObject({
      code: 'network',
      message: expect.stringContaining('refused the connection'),
    })
    expect(await call('page', 'x')).toMatchObject({ code: 'network' })
    expect(await call('odd', 'x')).toMatchObject({ code: 'network' })
  })

  test('a server that never answers is given up on after its time to start', async () => {
    const server = await startTestServer(() => {})
    onTestFinished(() => server.close())
    const { call } = anMcp([anAddress('web', server.url)], { startMs: 300 })
    expect(await call('web', 'x')).toMatchObject({
      code: 'network',
      message: expect.stringContaining('did not finish'),
    })
  })
})
