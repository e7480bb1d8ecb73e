import { type JSONRPCMessage, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

type SendOptions = Parameters<StreamableHTTPClientTransport['send']>[1]

/** What a request gets for an answer when its stream ended without one. */
export const LOST = 'volley: the stream ended without an answer'

/** Requests whose streams are closed when they are cancelled; of more at a time the oldest lose this courtesy. */
const MOST_OPEN = 1_000

/**
 * Streamable HTTP where a request whose stream breaks fails, instead of waiting for an answer that cannot come any more: the end is
 * told as an error answer to that request. A late one, after the real answer, belongs to no request and is dropped. When a request is
 * cancelled its stream is closed, so that a server cannot go on talking to nobody.
 */
export class HttpTransport extends StreamableHTTPClientTransport {
  #open = new Map<unknown, AbortController>()

  override async send(message: JSONRPCMessage, options?: SendOptions): Promise<void> {
    if ('method' in message && message.method === 'notifications/cancelled') {
      this.#close((message.params as { requestId?: unknown } | undefined)?.requestId)
      return super.send(message, options)
    }
    const id = 'method' in message && 'id' in message ? message.id : undefined
    if (id === undefined) return super.send(message, options)
    const stream = new AbortController()
    this.#open.set(id, stream)
    if (this.#open.size > MOST_OPEN) this.#open.delete(this.#open.keys().next().value)
    const onRequestStreamEnd = () => {
      this.#open.delete(id)
      this.onmessage?.({ jsonrpc: '2.0', id, error: { code: -32_000, message: LOST } } as JSONRPCMessage)
    }
    const given = options?.requestSignal
    const requestSignal = given ? AbortSignal.any([given, stream.signal]) : stream.signal
    return super.send(message, { ...options, onRequestStreamEnd, requestSignal })
  }

  #close(id: unknown) {
    this.#open.get(id)?.abort()
    this.#open.delete(id)
  }
}
