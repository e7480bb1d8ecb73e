import { type Retention, type RetentionPreview, retentionSchema } from '@volley/shared/run/retention.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { readBody } from './body.ts'
import { readQuery } from './query.ts'

const amount = z
  .string()
  .regex(/^[1-9]\d{0,7}$/, 'it must be a whole number from 1 on')
  .transform(Number)
  .optional()
const previewQuery = z.object({ days: amount, runs: amount })

/** `/retention`: how long finished runs are kept. `/retention/preview` tells what a setting would delete, and changes nothing. */
export function retentionRoutes({ retention, audit }: Pick<Deps, 'retention' | 'audit'>) {
  return new Hono()
    .get('/', async (c) => c.json<Retention>(await retention.get()))
    .get('/preview', async (c) => {
      const { days = null, runs = null } = readQuery(c, previewQuery)
      return c.json<RetentionPreview>(await retention.preview({ days, runs }))
    })
    .put('/', async (c) => {
      const wanted = await readBody(c, retentionSchema)
      await retention.set(wanted)
      audit.note('retention_set', { ...wanted })
      return c.json<Retention>(wanted)
    })
}
