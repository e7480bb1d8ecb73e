import type { ServerInfo } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'

/** `GET /info`: what the page needs to know of the server it talks to. */
export function infoRoutes({ version, models, network }: Pick<Deps, 'version' | 'models' | 'network'>) {
  return new Hono().get('/', async (c) => c.json<ServerInfo>({ version, providers: await models.describe(), network }))
}
