import { type RunStarted, startBatchSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { createStarts } from '../starts/startOnce.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'
import { startKeyOf } from './startKey.ts'

/** `POST /batches`: one volley written by hand, no model. */
export function batchRoutes({ start }: ReturnType<typeof createStarts>) {
  return new Hono().post('/', async (c) => {
    const { calls, ...source } = await readBody(c, startBatchSchema)
    const run = await start({ ...source, input: '', batch: calls }, startKeyOf(c))
    if (!run.ok) throw new ApiProblem(run.error.code, run.error.message, run.error.problems)
    return c.json<RunStarted, 202>({ runId: run.value }, 202)
  })
}
