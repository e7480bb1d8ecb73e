import type { CallToolResult, Progress, Transport } from '@modelcontextprotocol/client'
import { Client, ProtocolError } from '@modelcontextprotocol/client'
import { shorten } from '@volley/shared/lib/words.ts'
import { z } from 'zod'
import type { Clock, Progress as ToolProgress } from '../../engine/ports.ts'
import type { McpConnection } from './connection.ts'
import { faultOf, gone, serverNamed } from './errors.ts'
import { McpFault } from './fault.ts'
import { createConnectionFetch } from './httpFetch.ts'
import { HttpTransport } from './httpTransport.ts'
import { createStdioProcess } from './stdioTransport.ts'

// One conversation with one MCP server, shared by every call to it. Invariants:
// 1. It is open or it has ended, for good; a new one is opened for the next call.
// 2. When it ends, every request that is under way fails at once, with the reason.
// 3. The engine's signal is a call's only clock; opening has a limit of its own.

const START_MS = 30_000
const NO_LIMIT_MS = 2 ** 31 - 1
const MOST_PAGES = 64
const MOST_TOOLS = 2_000
/** The revision whose servers need not know `initialize` any more. */
const MODERN = '2026-07-28'

const listedTool = z.looseObject({ name: z.string(), inputSchema: z.looseObject({}) })
/** A tool as its server lists it: all that it says, known to us or not. */
export type ListedTool = z.output<typeof listedTool>
const toolPage = z.looseObject({ tools: z.array(listedTool), nextCursor: z.string().nullish() })

export interface Session {
  call(
    tool: string,
    given: Record<string, unknown>,
    options: { signal: AbortSignal; report?: ((progress: ToolProgress) => void) | undefined },
  ): Promise<CallToolResult>
  /** All pages; asked for again only when the server says that they changed. */
  tools(options?: { signal?: AbortSignal; again?: boolean }): Promise<ListedTool[]>
  /** Resolves when the session has ended, by whomever. */
  ended: Promise<void>
  close(): Promise<void>
}

export interface SessionOptions {
  ownPort: () => number
  clock: Pick<Clock, 'after'>
  /** Puts `***` in the place of secrets, before a text is shortened and might lose half of one. */
  hide: (text: string) => string
  startMs?: number
  version?: string
}

/** Starts the server or reaches it, and agrees with it on how to talk. Throws an `McpFault` when it does not come to that. */
export async function openSession(connection: McpConnection, options: SessionOptions): Promise<Session> {
  if (connection.transport.is === 'stdio' && !connection.approved)
    throw new McpFault(
      'blocked',
      `${serverNamed(connection.name)} was not started: nobody has approved its command yet. Open Settings, Connections, look at the exact command of "${connection.name}" and approve it.`,
    )
  try {
    return await connect(connection, options, 'legacy')
  } catch (error) {
    // Only a server that is there and refuses `initialize` is worth asking in the newer way.
    if (!(error instanceof Refused)) throw error
    return connect(connection, options, { pin: MODERN }).catch(() => {
      throw error.fault
    })
  }
}

class Refused extends Error {
  fault: McpFault
  constructor(fault: McpFault) {
    super(fault.message)
    this.fault = fault
  }
}

async function connect(
  { name, transport: described }: McpConnection,
  { ownPort, clock, hide, startMs = START_MS, version = '1' }: SessionOptions,
  mode: 'legacy' | { pin: string },
): Promise<Session> {
  const line = described.is === 'stdio' ? stdioLine(described) : httpLine(name, described, ownPort)
  const client = new Client({ name: 'volley', version }, { versionNegotiation: { mode } })
  const running = new Set<(progress: ToolProgress) => void>()
  let listed: Promise<ListedTool[]> | null = null
  let isOver = false
  let whenEnded = () => {}
  const ended = new Promise<void>((resolve) => {
    whenEnded = resolve
  })

  client.onerror = () => {}
  client.onclose = () => {
    isOver = true
    void line.release()
    whenEnded()
  }
  client.setNotificationHandler('notifications/tools/list_changed', () => {
    listed = null
  })
  // Such a notification names no call: all that are under way here get it.
  client.setNotificationHandler('notifications/message', ({ params }) => {
    const message = typeof params.data === 'string' ? params.data : JSON.stringify(params.data)
    if (running.size === 0) return
    const shown = shorten(hide(message ?? ''), 2000)
    for (const report of running) report({ message: shown })
  })

  const close = async () => {
    if (!isOver) await line.beforeClose()
    await client.close()
    await line.transport.close()
  }
  /** What the server last said of itself belongs to the reason. */
  const explained = (fault: McpFault): McpFault => {
    if (!fault.sessionLost) return fault
    const how = line.ending()
    const said = hide(line.said()).trim().slice(-2000)
    const because = how === null ? fault.message : `${serverNamed(name)} ${how}.`
    return new McpFault(fault.code, said === '' ? because : `${because} It said last: ${said}`, fault)
  }
  const asked = async <Answer>(request: Promise<Answer>): Promise<Answer> => {
    try {
      return await request
    } catch (error) {
      throw explained(faultOf(name, error, hide))
    }
  }

  let cancelLimit = () => {}
  const tooLate = new Promise<never>((_, reject) => {
    cancelLimit = clock.after(startMs, () =>
      reject(gone(name, `did not finish its start within ${Math.round(startMs / 1000)} s.`)),
    )
  })
  try {
    await Promise.race([client.connect(line.transport, { timeout: NO_LIMIT_MS }), tooLate])
  } catch (error) {
    const fault = explained(faultOf(name, error, hide))
    await close().catch(() => {})
    const refused = error instanceof ProtocolError && mode === 'legacy'
    if (refused) throw new Refused(notStarted(name, fault))
    throw notStarted(name, fault)
  } finally {
    cancelLimit()
  }
  if (client.getServerCapabilities()?.logging) void client.setLoggingLevel('info').catch(() => {})

  const list = async (signal?: AbortSignal): Promise<ListedTool[]> => {
    const found: ListedTool[] = []
    let cursor: string | undefined
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await asked(
        client.request({ method: 'tools/list', params: cursor === undefined ? {} : { cursor } }, toolPage, {
          timeout: startMs,
          ...(signal ? { signal } : {}),
        }),
      )
      found.push(...page.tools)
      if (found.length > MOST_TOOLS) break
      if (typeof page.nextCursor !== 'string' || page.nextCursor === '') return found
      cursor = page.nextCursor
    }
    throw new McpFault(
      'tool_error',
      `${serverNamed(name)} lists more than ${MOST_TOOLS} tools, or never ends its list.`,
    )
  }

  return {
    ended,
    close,
    tools({ again = false } = {}) {
      if (again) listed = null
      if (!listed) {
        const asking = list()
        listed = asking
        asking.catch(() => {
          if (listed === asking) listed = null
        })
      }
      return listed
    },
    async call(tool, given, { signal, report }) {
      if (report) running.add(report)
      const onprogress = ({ message, progress, total }: Progress) =>
        report?.({
          progress,
          ...(total === undefined ? {} : { total }),
          ...(message === undefined ? {} : { message: shorten(hide(message), 2000) }),
        })
      try {
        return await asked(
          client.request(
            { method: 'tools/call', params: { name: tool, arguments: given } },
            { signal, timeout: NO_LIMIT_MS, ...(report ? { onprogress } : {}) },
          ),
        )
      } catch (error) {
        // The client speaks of a time-out then: but the server is well, and the others are still talking to it.
        throw signal.aborted ? new McpFault('cancelled', 'The call was stopped.') : error
      } finally {
        if (report) running.delete(report)
      }
    },
  }
}

/** A server that never came up is no failing tool, whatever it answered. */
function notStarted(name: string, fault: McpFault): McpFault {
  if (fault.code === 'blocked') return fault
  const says = fault.message.startsWith(serverNamed(name)) ? fault.message : `${serverNamed(name)}: ${fault.message}`
  return new McpFault('network', says, { retry: fault.retry, sessionLost: true })
}

interface Line {
  transport: Transport
  /** Why it broke: a part of a sentence. */
  ending(): string | null
  /** What the server last wrote beside its messages. */
  said(): string
  beforeClose(): Promise<void>
  release(): Promise<void>
}

function stdioLine(described: Extract<McpConnection['transport'], { is: 'stdio' }>): Line {
  const transport = createStdioProcess(described)
  return {
    transport,
    ending: transport.ending,
    said: transport.errors,
    beforeClose: async () => {},
    release: async () => {},
  }
}

function httpLine(
  name: string,
  { url, headers }: Extract<McpConnection['transport'], { is: 'http' }>,
  ownPort: () => number,
): Line {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new McpFault(
      'network',
      `The connection "${name}" has no address that can be reached: it must begin with http:// or https://.`,
    )
  const address = new URL(url)
  const way = createConnectionFetch(name, address, { ownPort })
  const transport = new HttpTransport(address, { fetch: way.fetch, requestInit: { headers } })
  return {
    transport,
    ending: () => null,
    said: () => '',
    // A server that does not answer its farewell is left without.
    beforeClose: () =>
      Promise.race([transport.terminateSession().catch(() => {}), new Promise<void>((done) => setTimeout(done, 1000))]),
    release: () => way.close().catch(() => {}),
  }
}
