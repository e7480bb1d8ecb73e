import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { Mcp } from '../mcp.ts'
import type { McpConnections } from './connection.ts'
import { faultOf } from './errors.ts'
import type { ListedTool } from './session.ts'

/** Why a server's tools cannot be listed. */
export interface ListFault {
  is: 'missing' | 'unapproved' | 'failed'
  message: string
}

/** The tools of the server behind a connection; every fault is a sentence. */
export async function listTools(
  server: string,
  { mcp, connections }: { mcp: Pick<Mcp, 'tools'>; connections: McpConnections },
): Promise<Result<ListedTool[], ListFault>> {
  if (!(await connections.get(server))) return err({ is: 'missing', message: `There is no connection "${server}".` })
  try {
    return ok(await mcp.tools(server))
  } catch (error) {
    const { code, message } = faultOf(server, error)
    return err({ is: code === 'blocked' ? 'unapproved' : 'failed', message })
  }
}
