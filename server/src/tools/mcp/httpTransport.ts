import { type JSONRPCMessage, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

type SendOptions = Parameters<StreamableHTTPClientTransport['send']>[1]

/** What a request gets for an answer when its stream ended without one. */
export const LOST = 'volley: the stream ended without an answer'

/**
 * Streamable HTTP where a request whose stream breaks fails, instead of waiting for an answer that cannot come any more: the end is
 * told as an error answer to that request. A late one, after the real answer, belongs to no request and is dropped.
 */
export class HttpTransport extends StreamableHTTPClientTransport {
  override async send(message: JSONRPCMessage, options?: SendOptions): Promise<void> {
    const id = 'method' in message && 'id' in message ? message.id : undefined
    if (id === undefined) return super.send(message, options)
    const onRequestStreamEnd = () =>
      this.onmessage?.({ jsonrpc: '2.0', id, error: { code: -32_000, message: LOST } } as JSONRPCMessage)
    return super.send(message, { ...options, onRequestStreamEnd })
  }
}
