import { randomUUID } from 'node:crypto'
import {
  createMcpHandler,
  isInitializeRequest,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isLegacyRequest,
} from '@modelcontextprotocol/server'
import { mcpServerOf, type OfferedFlow, type SignalOf } from './mcpServer.ts'
import { createOpenRequests, type OpenRequest } from './openRequests.ts'

// Flows as tools over Streamable HTTP. Each request stands alone: what is offered is found anew, so that a label that moved counts at once.
// Clients of protocol revisions before 2026-07-28 cancel by a message of its own. So that it finds the request that it means, they are given
// the name of a session when they begin; nothing but the requests that are under way here is kept under it.

export interface McpOverHttpOptions {
  version: string
  onFault(fault: unknown): void
  /** A name that no one can guess. */
  sessionName?: () => string
}

/** Answers one request of a client; `body` is its JSON, where it has one. */
export type McpOverHttp = (request: Request, from: { client: string; body?: unknown }) => Promise<Response>

const SESSION = 'mcp-session-id'
/** In one HTTP request; with more it is refused. */
const MOST_MESSAGES = 100

/** Offers flows as tools by Streamable HTTP, to clients of every protocol revision. */
export function mcpOverHttp(
  offered: (request: Request) => Promise<OfferedFlow[]>,
  { version, onFault, sessionName = randomUUID }: McpOverHttpOptions,
): McpOverHttp {
  const requests = createOpenRequests()
  const exchanges = new WeakMap<Request, Exchange>()
  const handler = createMcpHandler(
    async ({ requestInfo }) => {
      const exchange = requestInfo && exchanges.get(requestInfo)
      const server = mcpServerOf(requestInfo ? await offered(requestInfo) : [], version, exchange?.signalOf)
      if (exchange) server.server.onclose = exchange.end
      // Nobody waits for the answer of a cancelled call; in a batch others wait for theirs.
      exchange?.only?.addEventListener('abort', () => void server.close())
      return server
    },
    { onerror: onFault },
  )
  return async (request, { client, body }) => {
    if (body === undefined || !(await isLegacyRequest(request, body)))
      return handler.fetch(request, body === undefined ? {} : { parsedBody: body })
    const name = { client, session: request.headers.get(SESSION) }
    const messages: unknown[] = Array.isArray(body) ? body.slice(0, MOST_MESSAGES) : [body]
    // From here on, before any of it is looked up: a cancellation may come at once.
    const exchange = exchangeOf(
      messages.flatMap((message) =>
        isJSONRPCRequest(message) ? [[message.id, requests.begin({ ...name, id: message.id })] as const] : [],
      ),
    )
    exchanges.set(request, exchange)
    const response = await handler.fetch(request, { parsedBody: body })
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) exchange.end()
    if (!response.ok) return response
    if (messages.some(isInitializeRequest)) response.headers.set(SESSION, sessionName())
    for (const id of messages.flatMap(cancelledBy)) requests.cancel({ ...name, id })
    return response
  }
}

/** The requests of one HTTP request. */
interface Exchange {
  signalOf: SignalOf
  /** Of the one request, where it is the only one. */
  only: AbortSignal | undefined
  end(): void
}

function exchangeOf(opened: readonly (readonly [string | number, OpenRequest])[]): Exchange {
  const open = new Map(opened)
  return {
    signalOf: (id) => open.get(id)?.signal,
    only: opened.length === 1 ? opened[0]?.[1].signal : undefined,
    end() {
      for (const [, request] of opened) request.end()
    },
  }
}

/** The number of the request that a message cancels. */
function cancelledBy(message: unknown): (string | number)[] {
  if (!isJSONRPCNotification(message) || message.method !== 'notifications/cancelled') return []
  const id = message.params?.requestId
  return typeof id === 'string' || typeof id === 'number' ? [id] : []
}
