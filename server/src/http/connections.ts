import type { ConnectionEntry, ConnectionTest, List } from '@volley/shared/api.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Connection } from '../connections/connections.ts'
import { connectionSchema } from '../connections/content.ts'
import { listModels } from '../connections/listModels.ts'
import type { Deps } from '../deps.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'

const approvalBody = z.strictObject({ hash: z.string().max(200) })

/** `/connections`: model endpoints and MCP servers. Keys go in and never come out. */
export function connectionRoutes({
  connections,
  listMcpTools,
  audit,
  hide,
}: Pick<Deps, 'connections' | 'listMcpTools' | 'audit' | 'hide'>) {
  const find = async (name: string) => (await connections.get(name)) ?? missing(name)
  return new Hono()
    .get('/', async (c) => c.json<List<ConnectionEntry>>({ items: await connections.list() }))
    .put('/:name', async (c) => {
      const name = c.req.param('name')
      const stored = await connections.put(name, await readBody(c, connectionSchema))
      if (!stored.ok) throw new ApiProblem(stored.error.code, stored.error.message)
      const { kind, hash } = stored.value
      audit.note('connection_stored', { connection: name, kind, hash })
      return c.json<ConnectionEntry>(stored.value)
    })
    .delete('/:name', async (c) => {
      const name = c.req.param('name')
      if (!(await connections.delete(name))) missing(name)
      audit.note('connection_deleted', { connection: name })
      return c.body(null, 204)
    })
    .post('/:name/approve', async (c) => {
      const name = c.req.param('name')
      const { hash } = await readBody(c, approvalBody)
      const approved = await connections.approve(name, hash)
      if (!approved.ok) throw new ApiProblem(approved.error.code, approved.error.message)
      audit.note('connection_approved', { connection: name, hash })
      return c.json<ConnectionEntry>(approved.value)
    })
    .post('/:name/test', async (c) => {
      const result = await offerOf(await find(c.req.param('name')), listMcpTools)
      if (!result.ok) return c.json<ConnectionTest>({ ok: false, message: hide(result.error) })
      const { kind, names } = result.value
      return c.json<ConnectionTest>({ ok: true, [kind]: names.length })
    })
    .get('/:name/models', async (c) => {
      const connection = await find(c.req.param('name'))
      if (connection.kind === 'mcp')
        throw new ApiProblem('unprocessable', `The connection "${connection.name}" is an MCP server: it has no models.`)
      const models = await listModels(connection)
      if (!models.ok) throw new ApiProblem('unprocessable', hide(models.error))
      return c.json<{ models: string[] }>({ models: models.value })
    })
}

/** One round trip to the server behind a connection. A command that no one has approved is not started for it. */
async function offerOf(
  connection: Connection,
  listMcpTools: Deps['listMcpTools'],
): Promise<Result<{ kind: 'models' | 'tools'; names: unknown[] }, string>> {
  if (connection.problem !== null) return err(connection.problem)
  if (!connection.approved)
    return err(`The command of "${connection.name}" runs only after someone has looked at it and approved it.`)
  const names = connection.kind === 'mcp' ? await listMcpTools(connection.name) : await listModels(connection)
  return names.ok ? ok({ kind: connection.kind === 'mcp' ? 'tools' : 'models', names: names.value }) : names
}

function missing(name: string): never {
  throw new ApiProblem('not_found', `There is no connection "${name}".`)
}
