import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realServer } from '../testing/realServer.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { TEST_TOKEN } from '../testing/testEnv.ts'

const main = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../main.ts')
const place = { type: 'object' as const, properties: { city: { type: 'string' } } }

/** Two calls at once, then an answer; with `hang` the calls never end by themselves. */
const tides = (more: { name?: string; hang?: boolean } = {}): FlowDocument => ({
  format: 'volley.flow/1',
  name: more.name ?? 'Tide desk',
  description: 'Tells tides.',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    variables: { audience: 'sailors' },
    settings: {
      pace: { firstTokenMs: 0, callMs: 0 },
      script: [
        { calls: ['Ostend', 'Calais'].map((city) => ({ tool: 'tide', arguments: { city } })) },
        { text: 'High at six.' },
      ],
    },
  },
  tools: [{ name: 'tide', parameters: place, run: { kind: 'mock', ...(more.hang ? { hang: true } : { result: 6 }) } }],
})

async function connected(transport: Transport, mode: 'auto' | 'legacy' = 'auto'): Promise<Client> {
  const client = new Client({ name: 'a test', version: '1' }, { versionNegotiation: { mode } })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return client
}

const overStdio = (document: FlowDocument, mode?: 'auto' | 'legacy') => {
  const file = path.join(temporaryFolder(), 'flow.json')
  writeFileSync(file, JSON.stringify(document))
  return connected(new StdioClientTransport({ command: process.execPath, args: [main, 'mcp', file] }), mode)
}

async function published() {
  const server = await realServer()
  const publish = async (document: FlowDocument) => {
    const { id } = (await server.call('POST', '/api/flows', document)).body
    await server.call('PUT', `/api/flows/${id}/labels/production`, { version: 1 })
    return id as string
  }
  const connect = (token: string, mode?: 'auto' | 'legacy') =>
    connected(
      new StreamableHTTPClientTransport(new URL(`${server.origin}/mcp`), {
        requestInit: { headers: { authorization: `Bearer ${token}` } },
      }),
      mode,
    )
  return { ...server, publish, connect }
}

/**
 * What the server tells of progress, as it comes over the wire. The client's own `onprogress` is no witness: it is taken back when the
 * answer is read, so that news in one piece with the answer is lost.
 */
function newsTo(client: Client): unknown[] {
  const news: unknown[] = []
  const { transport } = client
  const read = transport?.onmessage
  if (!transport || !read) throw new Error('the client is not connected')
  transport.onmessage = (message, extra) => {
    if ('method' in message && message.method === 'notifications/progress') news.push(message.params?.message)
    read(message, extra)
  }
  return news
}
const asksForNews = { onprogress: () => {} }

/** Asks, and stops as soon as the first news has come. */
async function stoppedUnderWay(client: Client, name: string): Promise<unknown> {
  const stop = new AbortController()
  return client
    .callTool({ name, arguments: { input: 'When?' } }, { signal: stop.signal, onprogress: () => stop.abort('enough') })
    .catch((fault: unknown) => fault)
}

describe.each(['auto', 'legacy'] as const)('with the official client, %s', (mode) => {
  test('the server offers each published flow as one tool, and runs it with progress', async () => {
    const { call, publish, connect } = await published()
    await publish(tides())
    await call('POST', '/api/flows', tides({ name: 'Not published' }))
    const client = await connect(TEST_TOKEN, mode)
    const { tools } = await client.listTools()
    expect(tools).toMatchObject([
      {
        name: 'Tide_desk',
        title: 'Tide desk',
        description: 'Tells tides.',
        inputSchema: { properties: { input: { type: 'string' }, audience: { type: 'string' } }, required: ['input'] },
      },
    ])
    const news = newsTo(client)
    const answer = await client.callTool(
      { name: 'Tide_desk', arguments: { input: 'When?', audience: 'anglers' } },
      asksForNews,
    )
    expect(answer.content).toEqual([{ type: 'text', text: 'High at six.' }])
    expect(answer.isError).toBeFalsy()
    expect(news).toEqual(
      expect.arrayContaining(['Turn 1', 'Call 1: tide', 'Call 2: tide', 'Call 2 succeeded', 'Turn 2']),
    )
    const runId = (answer._meta as { runId: string }).runId
    expect((await call('GET', `/api/runs/${runId}`)).body).toMatchObject({ status: 'succeeded', flow: { version: 1 } })
  })

  test('a flow in a file is offered over standard input and output', async () => {
    const client = await overStdio(tides(), mode)
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['Tide_desk'])
    const news = newsTo(client)
    const given = { name: 'Tide_desk', arguments: { input: 'When?' } }
    const answer = await client.callTool(given, asksForNews)
    expect(answer.content).toEqual([{ type: 'text', text: 'High at six.' }])
    expect(news).toContain('Call 2 succeeded')
    const wrong = await client.callTool({ name: 'Tide_desk', arguments: {} }).catch((fault: Error) => fault)
    expect(JSON.stringify(wrong instanceof Error ? wrong.message : wrong)).toContain('input')
  })
})

describe.each(['auto', 'legacy'] as const)('a client that cancels, %s,', (mode) => {
  test('ends its run', async () => {
    const { call, ended, publish, connect } = await published()
    await publish(tides({ hang: true }))
    const client = await connect(TEST_TOKEN, mode)
    expect(await stoppedUnderWay(client, 'Tide_desk')).toBeInstanceOf(Error)
    const { items } = (await call('GET', '/api/runs')).body
    expect((await ended(items[0].id)).status).toBe('cancelled')
    expect((await client.listTools()).tools).toHaveLength(1)
  })

  test('ends no run of another client that numbers its requests alike', async () => {
    const { call, ended, publish, connect } = await published()
    await publish(tides({ hang: true }))
    const [one, other] = [await connect(TEST_TOKEN, mode), await connect(TEST_TOKEN, mode)]
    const stop = new AbortController()
    const news = newsTo(other)
    const kept = other
      .callTool({ name: 'Tide_desk', arguments: { input: 'When?' } }, { ...asksForNews, signal: stop.signal })
      .catch((fault: unknown) => fault)
    await expect.poll(() => news, { timeout: 10_000 }).toContain('Call 2: tide')
    expect(await stoppedUnderWay(one, 'Tide_desk')).toBeInstanceOf(Error)
    const runs = (await call('GET', '/api/runs')).body.items.map(({ id }: { id: string }) => id)
    expect((await ended(runs[0])).status).toBe('cancelled')
    expect((await call('GET', `/api/runs/${runs[1]}`)).body.status).toBe('running')
    stop.abort('enough')
    expect(await kept).toBeInstanceOf(Error)
    expect((await ended(runs[1])).status).toBe('cancelled')
  })
})

test('over standard input and output, cancelling and leaving end the run and the process', async () => {
  const client = await overStdio(tides({ hang: true }))
  expect(await stoppedUnderWay(client, 'Tide_desk')).toBeInstanceOf(Error)
  expect((await client.listTools()).tools).toHaveLength(1)
  const { pid } = client.transport as StdioClientTransport
  await client.close()
  expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH')
})

test('a program’s token is offered its own flow alone, and the page’s cookie is none', async () => {
  const { call, origin, publish, connect } = await published()
  const flowId = await publish(tides())
  await publish(tides({ name: 'Wind desk' }))
  const { token } = (await call('POST', '/api/tokens', { name: 'a shop', flowId })).body
  const client = await connect(token)
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['Tide_desk'])
  const other = await client.callTool({ name: 'Wind_desk', arguments: { input: 'x' } }).catch((fault: Error) => fault)
  expect(JSON.stringify(other instanceof Error ? other.message : other)).toContain('Wind_desk')

  const ask = (headers: Record<string, string>) =>
    fetch(`${origin}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    })
  const cookie = `volley_token_${new URL(origin).port}=${TEST_TOKEN}`
  expect((await ask({ cookie })).status).toBe(401)
  expect((await ask({})).status).toBe(401)
  expect((await ask({ authorization: `Bearer ${token}`, origin: 'https://elsewhere.example' })).status).toBe(403)
  await expect(connect('volley_run_made-up')).rejects.toThrow()
})
