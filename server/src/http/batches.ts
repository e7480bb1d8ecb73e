import { startBatchSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { createStarts } from '../starts/startOnce.ts'
import { readBody } from './body.ts'
import { accepted, begun } from './started.ts'
import { startKeyOf } from './startKey.ts'

/** `POST /batches`: one volley written by hand, no model. */
export function batchRoutes({ start }: ReturnType<typeof createStarts>) {
  return new Hono().post('/', async (c) => {
    const { calls, ...source } = await readBody(c, startBatchSchema)
    return accepted(c, begun(await start({ ...source, input: '', batch: calls }, startKeyOf(c))))
  })
}
