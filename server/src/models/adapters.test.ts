import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import type { ModelExchange, ModelRequest } from '../engine/ports.ts'
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

  test('a request and its answer are told as they went over the wire, errors too, and never with a key', async () => {
    const told: ModelExchange[] = []
    const listen = (url: string) =>
      collect(modelAt(api, url).stream(request(), new AbortController().signal, (read) => told.push(read())))
    const { bytes } = sampleOf(api)
    const server = await serve((response) => sendStream(response, bytes))
    await listen(server.url)
    const [seen] = server.requests
    expect(new URL(told[0]?.request.url ?? '').pathname).toBe(seen?.path)
    expect(JSON.parse(told[0]?.request.body.text ?? '')).toEqual(seen?.body)
    // What comes after the end of the message is not waited for.
    expect(new TextDecoder().decode(bytes).startsWith(told[0]?.answer?.body.text ?? '?')).toBe(true)
    expect(told[0]?.answer).toMatchObject({ status: 200, contentType: 'text/event-stream' })
    await listen((await failing(401, { error: { message: `Incorrect API key: ${KEY}` } })).url)
    expect(told[1]?.answer).toMatchObject({ status: 401, body: { text: expect.stringContaining('Incorrect') } })
    expect(JSON.stringify(told)).not.toContain(KEY)
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
    expect(performance.now() - began).toBeLessThan(20_000)
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
