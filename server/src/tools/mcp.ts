import type { ToolRun } from '@volley/shared/flow/flow.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { shorten } from '@volley/shared/lib/words.ts'
import type { Clock, ToolOutcome } from '../engine/ports.ts'
import { isMcp, type McpConnection, type McpConnections } from './mcp/connection.ts'
import { contentFault, errorText, readContent } from './mcp/content.ts'
import { faultOf, serverNamed } from './mcp/errors.ts'
import { McpFault } from './mcp/fault.ts'
import { type ListedTool, openSession, type Session } from './mcp/session.ts'
import { createSessions } from './mcp/sessions.ts'
import { type Attempt, CANCELLED, toolError } from './outcomes.ts'

export type McpRun = Extract<ToolRun, { kind: 'mcp' }>

/** All that Volley does with MCP servers. */
export interface Mcp {
  attempt: Attempt<McpRun>
  /** The server's tools as it lists them, all pages; every fault is a sentence. */
  list(server: string): Promise<Result<ListedTool[], string>>
  /** A connection was changed or deleted. */
  drop(server: string): void
  close(): Promise<void>
}

export interface McpOptions {
  connections: McpConnections
  /** The port that Volley itself listens on, once it does. */
  ownPort: () => number
  clock: Pick<Clock, 'after'>
  /** Puts `***` in the place of secrets; for texts that are shortened before they are stored. */
  hide?: (text: string) => string
  startMs?: number
  idleMs?: number
}

/** Calls tools of MCP servers (contract 2, `mcp`), over one session per connection that all calls share. */
export function createMcp({ connections, ownPort, clock, hide = (text) => text, startMs, idleMs }: McpOptions): Mcp {
  const sessions = createSessions(
    (connection) => openSession(connection, { ownPort, clock, hide, ...(startMs === undefined ? {} : { startMs }) }),
    { clock, ...(idleMs === undefined ? {} : { idleMs }) },
  )

  const connectionOf = async (server: string): Promise<McpConnection> => {
    const connection = await connections.get(server)
    if (!connection)
      throw new McpFault('network', `There is no connection "${server}": add it under Settings, Connections.`)
    if (!isMcp(connection))
      throw new McpFault('network', `The connection "${server}" leads to a model, not to an MCP server.`)
    if (connection.problem) throw new McpFault('tool_error', connection.problem)
    return connection
  }

  /** A server may forget a session: what it refused for that reason it never executed, so it is asked once more in a new one. */
  const withSession = async <Answer>(server: string, use: (session: Session) => Promise<Answer>): Promise<Answer> => {
    const connection = await connectionOf(server)
    let isForgotten = false
    const once = () =>
      sessions.with(connection, async (session) => {
        try {
          return await use(session)
        } catch (error) {
          if (error instanceof McpFault && error.sessionLost) sessions.forget(connection, session)
          isForgotten = error instanceof McpFault && error.sessionForgotten
          throw error
        }
      })
    try {
      return await once()
    } catch (error) {
      if (!isForgotten) throw error
      return once()
    }
  }

  return {
    async attempt({ run, arguments: given, report }, signal): Promise<ToolOutcome> {
      const call = withSession(run.server, async (session) => {
        const { declaresOutput } = await findTool(run, session)
        if (signal.aborted) return CANCELLED
        const answer = await session.call(run.tool, given, { signal, report })
        const fault = contentFault(answer)
        if (fault !== null) return toolError(`${serverNamed(run.server)}: ${fault}`)
        if (answer.isError) return toolError(shorten(hide(errorText(answer)), 20_000))
        return { ok: true, ...readContent(answer, { declaresOutput }) } as const
      })
      return unlessAborted(call, signal).catch((error) => {
        if (signal.aborted) return CANCELLED
        const { code, message, retry } = faultOf(run.server, error, hide)
        return { ok: false, code, message, retry }
      })
    },
    list: (server) =>
      withSession(server, (session) => session.tools()).then(ok, (error) => err(faultOf(server, error, hide).message)),
    drop: sessions.drop,
    close: sessions.close,
  }
}

/** Looks the tool up in the server's list, once more in a fresh one where it is missing. A server that gives no list is asked blindly. */
async function findTool({ server, tool }: McpRun, session: Session): Promise<{ declaresOutput: boolean }> {
  for (const again of [false, true]) {
    const tools = await session.tools({ again }).catch((error) => {
      if (error instanceof McpFault && error.sessionLost) throw error
      return null
    })
    if (tools === null) return { declaresOutput: false }
    const found = tools.find(({ name }) => name === tool)
    if (found) return { declaresOutput: found.outputSchema !== undefined }
    if (!again) continue
    const names = shorten(tools.map(({ name }) => `"${name}"`).join(', '), 1000)
    throw new McpFault('network', `${serverNamed(server)} has no tool "${tool}". It has: ${names || 'none'}.`)
  }
  throw new Error('unreachable')
}

/** A server that is still starting cannot be told of the abort; nobody waits for it. */
function unlessAborted(call: Promise<ToolOutcome>, signal: AbortSignal): Promise<ToolOutcome> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(CANCELLED)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    call.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
