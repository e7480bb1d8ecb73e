import type { List } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { AuditEntry } from '../store/audit.ts'
import { cursorOf, cursorTo, limitOf, readQuery } from './query.ts'

const listQuery = z.object({ limit: limitOf(100, 1000), cursor: cursorOf(z.number()).optional() })

/** `GET /audit`: what was done, the newest first. Entries cannot be changed or removed. */
export function auditRoutes({ audit }: Pick<Deps, 'audit'>) {
  return new Hono().get('/', async (c) => {
    const { limit, cursor } = readQuery(c, listQuery)
    const items = await audit.list({ limit, before: cursor })
    const last = items.at(-1)
    return c.json<List<AuditEntry>>({
      items,
      ...(items.length === limit && last ? { cursor: cursorTo(last.id) } : {}),
    })
  })
}
