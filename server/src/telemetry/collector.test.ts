import http from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { PARTS } from '../parts.ts'
import { commandLine } from '../testing/fakeTerminal.ts'
import { realServer } from '../testing/realServer.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'

interface Received {
  path: string | undefined
  headers: http.IncomingHttpHeaders
  body: {
    resourceSpans: {
      resource: { attributes: KeyValue[] }
      scopeSpans: { scope: { name: string }; spans: OtlpSpan[] }[]
    }[]
  }
}
interface KeyValue {
  key: string
  value: Record<string, unknown>
}
interface OtlpSpan {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: KeyValue[]
  links: { traceId: string; spanId: string }[]
  events: { name: string }[]
  status: { code: number; message?: string }
}

/** A collector on this machine that decodes what it gets. */
async function aCollector() {
  const received: Received[] = []
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ path: request.url, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  const spans = () =>
    received.flatMap(({ body }) =>
      body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    )
  return { endpoint: `http://127.0.0.1:${port}`, received, spans }
}

const attribute = (attributes: readonly KeyValue[], name: string) =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0]

const FLOW = {
  format: 'volley.flow/1',
  name: 'Tides',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [
        {
          calls: [
            { tool: 'port', arguments: { city: 'Brest' } },
            { tool: 'tide', arguments: { at: { from_call: 1 } } },
          ],
        },
        { text: 'At nine.' },
      ],
      pace: { firstTokenMs: 1, callMs: 1 },
    },
  },
  tools: [
    {
      name: 'port',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
      run: { kind: 'mock', result: 'BES' },
    },
    {
      name: 'tide',
      parameters: { type: 'object', properties: { at: { type: 'string' } } },
      run: { kind: 'mock', error: 'gauge is down' },
    },
  ],
  edges: [{ from: 'port', to: 'tide', kind: 'data' }],
}

test('a server sends each run’s spans to the collector, with its headers and resource, and flushes when it stops', async () => {
  const { endpoint, received, spans } = await aCollector()
  const { call, ended, stop } = await realServer({
    telemetry: {
      url: `${endpoint}/v1/traces`,
      headers: { 'x-team': 'harbour' },
      timeoutMs: 2000,
      resource: { 'service.name': 'volley-test', region: 'north' },
      withContent: false,
    },
  })
  const before = Date.now()
  const started = await call('POST', '/api/runs', { flow: FLOW, input: 'Tides at Brest?' })
  const record = await ended(started.body.runId)
  await stop()

  expect([received[0]?.path, received[0]?.headers['content-type'], received[0]?.headers['x-team']]).toEqual([
    '/v1/traces',
    'application/json',
    'harbour',
  ])
  const [resourceSpans] = received[0]?.body.resourceSpans ?? []
  expect(attribute(resourceSpans?.resource.attributes ?? [], 'service.name')).toBe('volley-test')
  expect(attribute(resourceSpans?.resource.attributes ?? [], 'region')).toBe('north')
  expect(resourceSpans?.scopeSpans[0]?.scope.name).toBe('volley')

  const [root, first, second, port, tide] = spans()
  expect(spans().map(({ name }) => name)).toEqual([
    'invoke_agent Tides',
    'chat simulated-1',
    'chat simulated-1',
    'execute_tool port',
    'execute_tool tide',
  ])
  expect([first, second, port, tide].map((span) => span?.parentSpanId)).toEqual(Array(4).fill(root?.spanId))
  expect(tide?.links.map(({ spanId }) => spanId)).toEqual([first?.spanId, port?.spanId])
  expect([port?.status.code, tide?.status.code]).toEqual([0, 2])
  expect(attribute(tide?.attributes ?? [], 'error.type')).toBe('tool_error')
  expect(attribute(root?.attributes ?? [], 'volley.run.id')).toBe(record.id)
  const startMs = Number(BigInt(root?.startTimeUnixNano ?? 0) / 1_000_000n)
  expect(startMs).toBeGreaterThanOrEqual(before)
  expect(startMs).toBeLessThanOrEqual(Date.now())
  expect(JSON.stringify(received)).not.toMatch(/Brest|At nine|gauge is down/)
})

test('the command line sends its run, with content where that is asked for', async () => {
  const { endpoint, spans } = await aCollector()
  const { code } = await commandLine(['run', 'tides.json', '--input', 'Tides at Brest?', '--json'], {
    files: { 'tides.json': FLOW },
    variables: {
      VOLLEY_DATA: `${temporaryFolder()}/data`,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true',
    },
    parts: PARTS,
  })
  expect(code).toBe(0)
  const [root] = spans()
  expect(String(attribute(root?.attributes ?? [], 'gen_ai.input.messages'))).toContain('Tides at Brest?')
  expect(String(attribute(root?.attributes ?? [], 'gen_ai.output.messages'))).toContain('At nine.')
  expect(spans()[4]?.status).toEqual({ code: 2, message: 'gauge is down' })
})

test('a collector that is not there neither fails nor holds back a run', async () => {
  const began = Date.now()
  const { code, err } = await commandLine(['run', 'tides.json', '--input', 'Tides?', '--json'], {
    files: { 'tides.json': FLOW },
    variables: {
      VOLLEY_DATA: `${temporaryFolder()}/data`,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    },
    parts: PARTS,
  })
  expect([code, Date.now() - began < 5000]).toEqual([0, true])
  expect(err).not.toContain('volley:')
})
