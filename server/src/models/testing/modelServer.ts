import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Model } from '../../engine/ports.ts'
import { createAnthropicModel } from '../anthropic.ts'
import type { Endpoint } from '../endpoint.ts'
import { createOpenaiChatModel } from '../openaiChat.ts'
import { createOpenaiResponsesModel } from '../openaiResponses.ts'
import type { Api } from './recorded.ts'

/** A request as the server saw it. */
export interface SeenRequest {
  path: string
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
  /** Resolves when the client has closed the connection before the answer ended. */
  left: Promise<void>
}

/** A local server in a provider's place: `answer` writes whatever a test wants the provider to say. */
export async function startModelServer(answer: (response: ServerResponse, seen: SeenRequest) => void | Promise<void>) {
  const requests: SeenRequest[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const bytes of request) text += bytes
    const left = new Promise<void>((resolve) => response.on('close', () => response.writableEnded || resolve()))
    const seen = { path: request.url ?? '', headers: request.headers, body: JSON.parse(text), left }
    requests.push(seen)
    await answer(response, seen)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    requests,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** The adapter of a protocol, pointed at a local server. */
export function modelAt(api: Api, url: string, apiKey = 'sk-test-0123456789'): Model {
  const words = {
    label: 'The provider',
    keyAdvice: 'Check the key in KEY.',
    addressAdvice: 'Check the address in URL.',
  }
  const endpoint: Endpoint = { words, apiKey, baseURL: api === 'anthropic-messages' ? url : `${url}/v1` }
  if (api === 'openai-chat') return createOpenaiChatModel(endpoint)
  return api === 'anthropic-messages' ? createAnthropicModel(endpoint) : createOpenaiResponsesModel(endpoint)
}

/** Writes a stream's head and bytes, and ends it. */
export function sendStream(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(bytes)
}
