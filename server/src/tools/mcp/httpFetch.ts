import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, fetch } from 'undici'
import { isReachable, parseAllowList } from '../addresses.ts'
import { McpFault } from './fault.ts'
import { createTraffic, FLOODS, type Traffic } from './traffic.ts'

// The way out to MCP servers over HTTP. Another rule than that of tools: a person with the token stored this address, so it may be
// private. Invariants:
// 1. Requests go to the connection's origin alone; a redirect away from it is not followed.
// 2. Volley's own port is never reached, decided on the address connected to.
// 3. No answer is held or passed on beyond 10 MB: of one JSON body, or of one event of a stream.
// 4. All streams of a connection together are read no faster than their messages can be taken.

const MOST_BYTES = 10 * 1024 * 1024
const CONNECT_MS = 10_000
const EVERYWHERE = parseAllowList('0.0.0.0/0,::/0')

export interface ConnectionFetch {
  fetch: typeof globalThis.fetch
  close(): Promise<void>
}

/** A `fetch` for one connection. */
export function createConnectionFetch(name: string, url: URL, { ownPort }: { ownPort: () => number }): ConnectionFetch {
  const allow = EVERYWHERE.ok ? EVERYWHERE.value : []
  const connect: buildConnector.connector = (options, callback) => {
    const hostname = options.hostname.replace(/^\[(.*)\]$/, '$1')
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    addressesOf(hostname)
      .then((found) => {
        const reachable = found.filter(({ address }) => isReachable({ hostname, address, port }, allow, ownPort()))
        if (reachable.length === 0)
          throw new McpFault('blocked', `The connection "${name}" leads to Volley itself, which is never reached.`)
        const decided: LookupFunction = (_name, _options, answer) => answer(null, reachable)
        buildConnector({ timeout: CONNECT_MS, autoSelectFamily: true, allowH2: false, lookup: decided })(
          options,
          callback,
        )
      })
      .catch((error: Error) => callback(error, null))
  }
  const traffic = createTraffic()
  const dispatcher = new Agent({ connect, headersTimeout: 0, bodyTimeout: 0, allowH2: false })

  const go = async (input: string | URL, init: RequestInit = {}) => {
    const target = new URL(input)
    if (target.origin !== url.origin)
      throw new McpFault('blocked', `The server of the connection "${name}" led elsewhere: redirects are not followed.`)
    const answer = await fetch(target, {
      ...(init as object),
      headers: Object.fromEntries(new Headers(init.headers)),
      redirect: 'manual',
      dispatcher,
    })
    const { status, statusText, body } = answer
    const headers = Object.fromEntries(answer.headers)
    const isStream = (headers['content-type'] ?? '').startsWith('text/event-stream')
    const bounded = body === null ? null : (body as ReadableStream<Uint8Array>).pipeThrough(bound(isStream, traffic))
    return new Response(bounded, { status, statusText, headers: withoutPacking(headers) })
  }

  return { fetch: go as typeof globalThis.fetch, close: () => dispatcher.destroy() }
}

async function addressesOf(hostname: string): Promise<{ address: string; family: number }[]> {
  const literal = isIP(hostname)
  return literal ? [{ address: hostname, family: literal }] : systemLookup(hostname, { all: true, order: 'verbatim' })
}

/** `fetch` has unpacked the body already. */
function withoutPacking(headers: Record<string, string>): Record<string, string> {
  const { 'content-encoding': _encoding, 'content-length': _length, ...others } = headers
  return others
}

/** The ends of events. */
const BLANK_LINE = /\r\n\r\n|\n\n|\r\r/g

/** Counts bytes, of a stream since the last end of an event, and breaks off beyond the limit. */
function bound(isStream: boolean, traffic: Traffic): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  return new TransformStream({
    async transform(part, controller) {
      const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
      const end = isStream ? Math.max(text.lastIndexOf('\n\n'), text.lastIndexOf('\r\n\r\n')) : -1
      bytes = end < 0 ? bytes + text.length : text.length - end
      if (bytes > MOST_BYTES) controller.error(new Error('the answer is larger than 10 MB'))
      else controller.enqueue(part)
      if (!isStream) return
      const messages = text.toString('latin1').match(BLANK_LINE)?.length ?? 0
      const passage = traffic.read(messages, text.length, performance.now())
      if (passage.is === 'flooded') controller.error(new Error(FLOODS))
      // The next part is asked for only after this.
      if (passage.is === 'crowded') await new Promise((resolve) => setTimeout(resolve, passage.pauseMs).unref())
    },
  })
}
