import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface TestServer {
  url: string
  port: number
  /** Every request that came, in order. */
  seen: SeenRequest[]
  close(): void
}

/** A web service on a free port of 127.0.0.1, for tests. */
export async function startTestServer(
  answer: (request: SeenRequest, response: ServerResponse) => void,
): Promise<TestServer> {
  const seen: SeenRequest[] = []
  const server = createServer(async (request, response) => {
    const came = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: await read(request),
    }
    seen.push(came)
    answer(came, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}`, port, seen, close }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += part
  return text
}
