import { afterEach, expect, test, vi } from 'vitest'
import { createConnectionModel } from './connection.ts'
import { collect, summaryOf } from './testing/events.ts'
import { startModelServer } from './testing/modelServer.ts'

afterEach(() => vi.unstubAllEnvs())

const REQUEST = {
  model: 'm',
  system: '',
  messages: [{ role: 'user' as const, text: 'Hi' }],
  tools: [],
  settings: {},
  parallel: true,
  idleMs: 2_000,
}

test.each(['openai', 'openai-chat', 'anthropic'] as const)(
  'headers that the environment has for its own provider do not go to a connection of kind %s',
  async (kind) => {
    const wanted = 'X-Harbour: tern-4471\nAuthorization: Bearer tern-4471\nX-Api-Key: tern-4471'
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', wanted)
    vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', wanted)
    const server = await startModelServer((response) => void response.writeHead(401).end())
    const model = createConnectionModel({ name: 'my box', kind, baseUrl: server.url, apiKey: 'own-key-1' })
    await collect(model.stream(REQUEST, new AbortController().signal))
    await server.close()
    expect(JSON.stringify(server.requests[0]?.headers)).not.toContain('tern-4471')
    expect(JSON.stringify(server.requests[0]?.headers)).toContain('own-key-1')
    expect(process.env.OPENAI_CUSTOM_HEADERS).toBe(wanted)
  },
)

test.each(['openai', 'openai-chat', 'anthropic'] as const)(
  'a problem of a connection of kind %s names the connection',
  async (kind) => {
    const server = await startModelServer((response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"Who are you?"}}')
    })
    const model = createConnectionModel({ name: 'my box', kind, baseUrl: server.url, apiKey: 'secret-key-1' })
    const { broken } = summaryOf(await collect(model.stream(REQUEST, new AbortController().signal)))
    await server.close()
    expect(broken?.problem.message).toBe(
      'The connection "my box" answered 401: Who are you? Check the key of the connection "my box".',
    )
  },
)
