import { createHash } from 'node:crypto'
import type { McpToolList } from '@volley/shared/api.ts'
import { canonicalJson } from '@volley/shared/lib/json.ts'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { ApiProblem } from './problems.ts'

/**
 * `GET /connections/:name/tools`: an MCP server's tools as it lists them, each with the hash of all that it says of itself. Asking starts
 * the server, if a person has approved its command.
 */
export function connectionToolRoutes({
  connections,
  listMcpTools,
  hide,
}: Pick<Deps, 'connections' | 'listMcpTools' | 'hide'>) {
  return new Hono().get('/:name/tools', async (c) => {
    const name = c.req.param('name')
    const connection = await connections.get(name)
    if (!connection) throw new ApiProblem('not_found', `There is no connection "${name}".`)
    if (connection.kind !== 'mcp')
      throw new ApiProblem('unprocessable', `The connection "${name}" leads to a model: it has no tools to list.`)
    if (!connection.approved)
      throw new ApiProblem(
        'conflict',
        `The command of "${name}" runs only after someone has looked at it and approved it: see the settings.`,
      )
    const found = await listMcpTools(name)
    if (!found.ok) throw new ApiProblem('unprocessable', found.error)
    const tools = hide(found.value)
    return c.json<McpToolList>({ tools, hashes: Object.fromEntries(tools.map((tool) => [tool.name, hashOf(tool)])) })
  })
}

const hashOf = (tool: unknown) => createHash('sha256').update(canonicalJson(tool)).digest('hex')
