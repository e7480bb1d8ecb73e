import { expect, test } from 'vitest'
import { createConnectionModel } from './connection.ts'
import { collect, summaryOf } from './testing/events.ts'
import { startModelServer } from './testing/modelServer.ts'

test.each(['openai', 'openai-chat', 'anthropic'] as const)(
  'a problem of a connection of kind %s names the connection',
  async (kind) => {
    const server = await startModelServer((response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"Who are you?"}}')
    })
    const model = createConnectionModel({ name: 'my box', kind, baseUrl: server.url, apiKey: 'secret-key-1' })
    const request = {
      model: 'm',
      system: '',
      messages: [{ role: 'user' as const, text: 'Hi' }],
      tools: [],
      settings: {},
      parallel: true,
      idleMs: 2_000,
    }
    const { broken } = summaryOf(await collect(model.stream(request, new AbortController().signal)))
    await server.close()
    expect(broken?.problem.message).toBe(
      'The connection "my box" answered 401: Who are you? Check the key of the connection "my box".',
    )
  },
)
