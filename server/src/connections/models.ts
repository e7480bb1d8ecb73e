import { err, ok } from '@volley/shared/lib/result.ts'
import type { DescribedModels } from '../deps.ts'
import type { FoundModel } from '../engine/ports.ts'
import { createConnectionModel } from '../models/connection.ts'
import type { Connections } from './connections.ts'

/** The models there are anyway, and those behind stored connections. */
export function withConnections(
  models: DescribedModels,
  connections: Pick<Connections, 'get' | 'list'>,
): DescribedModels {
  return {
    async find(provider): Promise<FoundModel> {
      const found = await models.find(provider)
      if (found.ok || (await models.describe()).some(({ name }) => name === provider)) return found
      const connection = await connections.get(provider)
      if (!connection) return found
      if (connection.kind === 'mcp')
        return err({
          code: 'not_found',
          message: `The connection "${provider}" leads to an MCP server, and not to a model: choose another provider.`,
        })
      if (connection.problem !== null) return err({ code: 'unauthorized', message: connection.problem })
      return ok(createConnectionModel(connection))
    },
    async describe() {
      const stored = (await connections.list()).filter(({ kind }) => kind !== 'mcp')
      return [
        ...(await models.describe()),
        ...stored.map(({ name }) => ({ name, label: name, available: true, models: [] })),
      ]
    },
  }
}
