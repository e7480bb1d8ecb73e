import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import type { Message, ModelRequest } from '../engine/ports.ts'
import { collect, summaryOf } from './testing/events.ts'
import { modelAt, type SeenRequest, sendStream, startModelServer } from './testing/modelServer.ts'
import { type Api, recordedStreams } from './testing/recorded.ts'

const APIS: Api[] = ['openai-chat', 'openai-responses', 'anthropic-messages']
const KEY = 'sk-test-0123456789'
const recorded = recordedStreams()

const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
async function serve(answer: (response: ServerResponse, seen: SeenRequest) => void | Promise<void>) {
  const server = await startModelServer(answer)
  open.push(server)
  return server
}

const forecast = { name: 'get_forecast', description: 'Forecast.', parameters: { type: 'object', properties: {} } }
const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'some-model',
  system: 'You brief.',
  messages: [{ role: 'user', text: 'Hello' }],
  tools: [forecast],
  settings: {},
  parallel: true,
  idleMs: 5_000,
  ...more,
})
const ask = async (api: Api, url: string, more: Partial<ModelRequest> = {}, signal = new AbortController().signal) =>
  summaryOf(await collect(modelAt(api, url).stream(request(more), signal)))

const sampleOf = (api: Api) => {
  const sample = recorded.findLast((one) => one.api === api && one.expected.calls.length > 0)
  if (!sample) throw new Error(`no recorded stream for ${api}`)
  return sample
}

test.each(recorded)('over the wire, through the official client: $name', async (stream) => {
  const server = await serve((response) => sendStream(response, stream.bytes))
  const said = await ask(stream.api, server.url)
  expect(said.calls.map(({ id, tool }) => [id, tool])).toEqual(stream.expected.calls.map(({ id, name }) => [id, name]))
  expect(said.text).toBe(stream.expected.text)
  expect(said.last).toBe('finished')
})

describe.each(APIS)('%s', (api) => {
  const failing = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    serve((response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    })

  test('a refused key says what to check, and never shows a key', async () => {
    const server = await failing(401, {
      error: { type: 'authentication_error', message: `Incorrect API key: ${KEY} (sk-te***789)` },
    })
    const { broken } = await ask(api, server.url)
    expect(broken).toMatchObject({ retry: false, problem: { code: 'unauthorized' } })
    expect(broken?.problem.message).toMatch(/The provider answered 401: Incorrect API key.*Check the key in KEY/)
    expect(broken?.problem.message).not.toMatch(/sk-te/)
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['milliseconds', { 'retry-after-ms': '250', 'retry-after': '1' }, 250],
  ])(
    'a rate limit is to be asked again after the %s it names, and the client does not do so itself',
    async (_unit, headers, ms) => {
      const server = await failing(429, { error: { message: 'Slow down' } }, headers)
      const { broken } = await ask(api, server.url)
      expect(broken).toMatchObject({ retry: true, retryAfterMs: ms, problem: { code: 'rate_limited' } })
      expect(broken?.problem.message).toContain('Slow down')
      expect(server.requests).toHaveLength(1)
    },
  )

  test.each([
    [400, 'provider', false],
    [403, 'unauthorized', false],
    [404, 'not_found', false],
    [408, 'provider', true],
    [500, 'provider', true],
    [503, 'overloaded', true],
    [529, 'overloaded', true],
  ])('status %i is %s', async (status, code, retry) => {
    const server = await failing(status, { error: { message: 'These are its own words' } })
    const { broken } = await ask(api, server.url)
    expect(broken).toMatchObject({ retry, problem: { code } })
    expect(broken?.problem.message).toContain('These are its own words')
    expect(broken?.problem.message).toContain(String(status))
  })

  test('a redirect is not followed', async () => {
    const target = await serve((response) => sendStream(response, sampleOf(api).bytes))
    const server = await serve((response) => {
      response.writeHead(307, { location: target.url }).end()
    })
    const { broken } = await ask(api, server.url)
    expect(broken?.problem.message).toMatch(/307.*must not redirect/)
    expect(target.requests).toEqual([])
  })

  test('nobody at the address is told with the address to check, and asked again', async () => {
    const server = await serve(() => {})
    await server.close()
    const { broken } = await ask(api, server.url)
    expect(broken).toMatchObject({ retry: true, problem: { code: 'network' } })
    expect(broken?.problem.message).toMatch(/connection was refused \(ECONNREFUSED\).*Check the address in URL/)
  })

  test('a stream that is cut is broken, and asked again', async () => {
    const { bytes } = sampleOf(api)
    const server = await serve(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(bytes.subarray(0, bytes.length >> 2))
      await new Promise((resolve) => setTimeout(resolve, 30))
      response.destroy()
    })
    expect((await ask(api, server.url)).broken).toMatchObject({ retry: true, problem: { code: 'stream' } })
  })

  test('one that never answers, and one that falls silent, are given up after idleMs', async () => {
    for (const head of [false, true]) {
      const server = await serve((response) => {
        if (head) response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      })
      const { broken } = await ask(api, server.url, { idleMs: 80 })
      expect(broken).toMatchObject({ retry: true, problem: { code: 'idle' } })
      await server.requests[0]?.left
    }
  })

  test('bytes that keep coming keep it alive, though they say nothing', async () => {
    const server = await serve(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (let beat = 0; beat < 6; beat++) {
        response.write(': still here\n\n')
        await new Promise((resolve) => setTimeout(resolve, 40))
      }
      response.end(sampleOf(api).bytes)
    })
    expect((await ask(api, server.url, { idleMs: 120 })).last).toBe('finished')
  })

  test('an abort ends everything at once', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    })
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 50)
    const began = performance.now()
    expect((await ask(api, server.url, {}, abort.signal)).broken).toMatchObject({
      retry: false,
      problem: { code: 'cancelled' },
    })
    expect(performance.now() - began).toBeLessThan(1_000)
    await server.requests[0]?.left
    expect((await ask(api, server.url, {}, abort.signal)).broken?.problem.code).toBe('cancelled')
  })

  test('an error inside the stream breaks the turn', async () => {
    const error = { type: 'error', error: { type: 'overloaded_error', code: 'overloaded', message: 'Too much to do' } }
    const server = await serve((response) =>
      sendStream(response, new TextEncoder().encode(`event: error\ndata: ${JSON.stringify(error)}\n\n`)),
    )
    const { broken } = await ask(api, server.url)
    expect(broken).toMatchObject({ retry: true, problem: { code: 'overloaded' } })
    expect(broken?.problem.message).toContain('Too much to do')
  })

  test('an answer that is no stream is told as what it is', async () => {
    const { broken } = await ask(api, (await failing(200, { hello: 'there' })).url)
    expect(broken?.problem.message).toMatch(/application\/json and not with a stream/)
  })

  test('the key goes where it belongs, and no tools are sent where there are none', async () => {
    const server = await serve((response) => sendStream(response, sampleOf(api).bytes))
    await ask(api, server.url, { tools: [] })
    const seen = server.requests[0]
    expect(seen?.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(seen?.body).not.toHaveProperty('tools')
    expect(seen?.body).not.toHaveProperty('tool_choice')
  })
})

const conversation: Message[] = [
  { role: 'user', text: 'Two forecasts.' },
  {
    role: 'assistant',
    text: 'I ask.',
    calls: [
      { id: 'a', tool: 'get_forecast', argumentsText: '{"city":"Oslo"}' },
      { id: 'b', tool: 'no such tool!', argumentsText: '{"city":' },
      { id: 'c', tool: 'get_forecast', argumentsText: '' },
    ],
  },
  {
    role: 'results',
    results: [
      { id: 'a', tool: 'get_forecast', text: '{"degrees":4}', isError: false },
      { id: 'b', tool: 'no such tool!', text: 'There is no such tool.', isError: true },
      { id: 'c', tool: 'get_forecast', text: 'ok', isError: false },
    ],
  },
]

describe('the request', () => {
  const bodyFor = async (api: Api, more: Partial<ModelRequest>) => {
    const server = await serve((response) => sendStream(response, sampleOf(api).bytes))
    await ask(api, server.url, more)
    return server.requests[0]?.body
  }

  test('of Chat Completions has one tool message for each call', async () => {
    expect(await bodyFor('openai-chat', { messages: conversation, parallel: false })).toEqual({
      model: 'some-model',
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.2,
      max_tokens: 2048,
      tool_choice: 'auto',
      parallel_tool_calls: false,
      tools: [{ type: 'function', function: forecast }],
      messages: [
        { role: 'system', content: 'You brief.' },
        { role: 'user', content: 'Two forecasts.' },
        {
          role: 'assistant',
          content: 'I ask.',
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'get_forecast', arguments: '{"city":"Oslo"}' } },
            { id: 'b', type: 'function', function: { name: 'no_such_tool_', arguments: '{"city":' } },
            { id: 'c', type: 'function', function: { name: 'get_forecast', arguments: '{}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'a', content: '{"degrees":4}' },
        { role: 'tool', tool_call_id: 'b', content: 'There is no such tool.' },
        { role: 'tool', tool_call_id: 'c', content: 'ok' },
      ],
    })
  })

  test('of Responses has one function_call_output for each call, and stores nothing', async () => {
    expect(
      await bodyFor('openai-responses', {
        messages: conversation,
        settings: { toolChoice: 'required', temperature: 1 },
      }),
    ).toEqual({
      model: 'some-model',
      stream: true,
      store: false,
      instructions: 'You brief.',
      temperature: 1,
      max_output_tokens: 2048,
      tool_choice: 'required',
      tools: [{ type: 'function', ...forecast, strict: false }],
      input: [
        { role: 'user', content: 'Two forecasts.' },
        { role: 'assistant', content: 'I ask.' },
        { type: 'function_call', call_id: 'a', name: 'get_forecast', arguments: '{"city":"Oslo"}' },
        { type: 'function_call', call_id: 'b', name: 'no_such_tool_', arguments: '{"city":' },
        { type: 'function_call', call_id: 'c', name: 'get_forecast', arguments: '{}' },
        { type: 'function_call_output', call_id: 'a', output: '{"degrees":4}' },
        { type: 'function_call_output', call_id: 'b', output: 'There is no such tool.' },
        { type: 'function_call_output', call_id: 'c', output: 'ok' },
      ],
    })
  })

  test('of Anthropic has all results first in one user message, errors marked', async () => {
    const messages: Message[] = [...conversation, { role: 'user', text: 'And?' }]
    expect(
      await bodyFor('anthropic-messages', {
        messages,
        parallel: false,
        settings: { maxOutputTokens: 100, temperature: 2 },
      }),
    ).toEqual({
      model: 'some-model',
      stream: true,
      system: 'You brief.',
      temperature: 1,
      max_tokens: 100,
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
      tools: [{ name: 'get_forecast', description: 'Forecast.', input_schema: forecast.parameters }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Two forecasts.' }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I ask.' },
            { type: 'tool_use', id: 'a', name: 'get_forecast', input: { city: 'Oslo' } },
            { type: 'tool_use', id: 'b', name: 'no_such_tool_', input: { invalid_arguments: '{"city":' } },
            { type: 'tool_use', id: 'c', name: 'get_forecast', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'a', content: '{"degrees":4}' },
            { type: 'tool_result', tool_use_id: 'b', content: 'There is no such tool.', is_error: true },
            { type: 'tool_result', tool_use_id: 'c', content: 'ok' },
            { type: 'text', text: 'And?' },
          ],
        },
      ],
    })
  })

  test('gives a reasoning model no temperature, and asks for its sealed thoughts', async () => {
    const body = await bodyFor('openai-responses', { model: 'gpt-5.5' })
    expect(body).not.toHaveProperty('temperature')
    expect(body?.include).toEqual(['reasoning.encrypted_content'])
    expect(await bodyFor('anthropic-messages', { model: 'claude-opus-5-5' })).not.toHaveProperty('temperature')
  })

  test('brings back what the provider wanted back, in its order, and is plain for another provider', async () => {
    const thought = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' }
    const echo = {
      provider: 'openai',
      items: [
        { kind: 'item', item: thought },
        { kind: 'call', call: 1, itemId: 'fc_1' },
      ],
    }
    const messages: Message[] = [
      { role: 'user', text: 'Go.' },
      { role: 'assistant', text: '', calls: [{ id: 'a', tool: 'get_forecast', argumentsText: '{}' }], echo },
      { role: 'results', results: [{ id: 'a', tool: 'get_forecast', text: 'ok', isError: false }] },
    ]
    const body = await bodyFor('openai-responses', { messages })
    expect(body?.input).toMatchObject([
      { role: 'user' },
      thought,
      { type: 'function_call', id: 'fc_1', call_id: 'a' },
      { call_id: 'a' },
    ])
    const other = await bodyFor('anthropic-messages', { messages })
    expect(other?.messages).toMatchObject([
      { role: 'user' },
      { content: [{ type: 'tool_use', id: 'a' }] },
      { role: 'user' },
    ])
  })

  test.each<[string, Message[]]>([
    ['a call without its result', conversation.slice(0, 2)],
    [
      'results in another order',
      [
        ...conversation.slice(0, 2),
        {
          role: 'results',
          results: [...(conversation[2]?.role === 'results' ? conversation[2].results : [])].reverse(),
        },
      ],
    ],
    [
      'results nobody asked for',
      [
        { role: 'user', text: 'Hi' },
        { role: 'results', results: [{ id: 'x', tool: 't', text: '', isError: false }] },
      ],
    ],
    ['no message of the user', []],
  ])('is refused as our own mistake when the history has %s', (_what, messages) => {
    for (const api of APIS)
      expect(() =>
        modelAt(api, 'http://127.0.0.1:9').stream(request({ messages }), new AbortController().signal),
      ).toThrow()
  })
})
