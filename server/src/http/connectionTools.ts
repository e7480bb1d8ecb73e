import { createHash } from 'node:crypto'
import type { ApiErrorCode, McpToolList } from '@volley/shared/api.ts'
import { canonicalJson } from '@volley/shared/lib/json.ts'
import { Hono } from 'hono'
import type { ConnectionTools } from '../deps.ts'
import { ApiProblem } from './problems.ts'

/**
 * `GET /connections/:name/tools`: an MCP server's tools as it lists them, each with the hash of all that it says of itself. Asking starts
 * the server, if a person has approved its command.
 */
export function connectionToolRoutes(connectionTools: ConnectionTools) {
  return new Hono().get('/:name/tools', async (c) => {
    const found = await connectionTools.list(c.req.param('name'))
    if (!found.ok) throw new ApiProblem(CODES[found.error.is], found.error.message)
    const hashes = Object.fromEntries(found.value.map((tool) => [tool.name, hashOf(tool)]))
    return c.json<McpToolList>({ tools: found.value, hashes })
  })
}

const CODES = { missing: 'not_found', unapproved: 'conflict', failed: 'unprocessable' } as const satisfies Record<
  string,
  ApiErrorCode
>

const hashOf = (tool: unknown) => createHash('sha256').update(canonicalJson(tool)).digest('hex')
