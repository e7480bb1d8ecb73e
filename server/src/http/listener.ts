import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { ApiError } from '@volley/shared/api.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { foreignReason } from './foreign.ts'
import { STRICT_HEADERS } from './headers.ts'
import type { ServerNames } from './names.ts'

export interface Listener {
  port: number
  /** Hands requests to the app; those that came before have waited. */
  serve(app: { fetch: (request: Request, env: object) => Response | Promise<Response> }, names: ServerNames): void
  /** Takes no more requests, ends the open ones, and gives the port free. */
  close(): Promise<void>
}

/**
 * Takes the port. Requests that the framework cannot even read (a path without a slash, a Host that is no name) are answered here,
 * by the same rule as all others: a foreign one gets 403.
 */
export async function listen({ port, host }: { port: number; host: string }): Promise<Result<Listener, string>> {
  let answer: ((incoming: IncomingMessage, outgoing: ServerResponse) => void) | null = null
  const early: [IncomingMessage, ServerResponse][] = []
  // Without `requireHostHeader` node answers a request without Host itself, with 400; here it gets 403 like any foreign one.
  const server = createServer({ requireHostHeader: false }, (incoming, outgoing) => {
    if (answer) answer(incoming, outgoing)
    else early.push([incoming, outgoing])
  })
  // Else node answers by itself, whoever asks.
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing))
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy())
    const headers = Object.entries(OWN_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 403 Forbidden\r\n${headers.join('')}Connection: close\r\n\r\n`)
  })

  const problem = await begin(server, port, host)
  if (problem) return err(problem)
  return ok({
    port: (server.address() as AddressInfo).port,
    serve(app, names) {
      const read = getRequestListener((request, env) => app.fetch(request, env), {
        overrideGlobalObjects: false,
        errorHandler: () => Response.json(UNREADABLE, { status: 400, headers: OWN_HEADERS }),
      })
      answer = (incoming, outgoing) => {
        const { method = '', url: target = '', rawHeaders } = incoming
        const foreign = foreignReason({ method, target, rawHeaders }, names)
        if (foreign) refuse(outgoing, 403, { code: 'forbidden', message: foreign })
        else if (incoming.headers.expect !== undefined && !isContinue(incoming.headers.expect))
          refuse(outgoing, 417, { code: 'bad_request', message: `"${incoming.headers.expect}" cannot be met.` })
        else void read(incoming, outgoing)
      }
      for (const [incoming, outgoing] of early.splice(0)) answer(incoming, outgoing)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Answers under way get a moment to end by themselves.
        setTimeout(() => server.closeAllConnections(), CLOSING_MS)
      }),
  })
}

const CLOSING_MS = 200

const UNREADABLE: ApiError = { error: { code: 'bad_request', message: 'The request cannot be read.' } }

/** What is answered here has the headers of every answer, too. */
const OWN_HEADERS = { ...STRICT_HEADERS, 'cache-control': 'no-store' }

const isContinue = (expect: string) => expect.toLowerCase() === '100-continue'

function refuse(outgoing: ServerResponse, status: number, error: ApiError['error']) {
  const body: ApiError = { error }
  outgoing.writeHead(status, { ...OWN_HEADERS, 'content-type': 'application/json', connection: 'close' })
  outgoing.end(JSON.stringify(body))
}

/** Null once the server listens; else why it does not, and what to do. */
function begin(server: Server, port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(whyNot(error, port, host)))
    server.listen(port, host, () => resolve(null))
  })
}

function whyNot(error: NodeJS.ErrnoException, port: number, host: string): string {
  const place = `port ${port} on ${host}`
  if (error.code === 'EADDRINUSE')
    return `${place} is taken: stop the program that uses it, or choose another with VOLLEY_PORT (0 takes any free one)`
  if (error.code === 'EACCES') return `${place} may not be used by this user: choose one from 1024 on with VOLLEY_PORT`
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `this machine has no address ${host}: correct VOLLEY_HOST, or leave it out`
  return `${place} cannot be used (${error.message})`
}
