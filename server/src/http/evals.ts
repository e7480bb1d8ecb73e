import type { List } from '@volley/shared/api.ts'
import {
  type EvalAnswer,
  type EvalEntry,
  type EvalResults,
  type EvalStarted,
  resumeEvalSchema,
  startEvalSchema,
} from '@volley/shared/evals/api.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'
import { limitOf, readQuery } from './query.ts'
import { begun } from './started.ts'

const listQuery = z.object({ flowId: z.string().optional(), dataSetId: z.string().optional() })
const entryQuery = z.object({ items: z.enum(['true', 'false'], { error: 'it must be true or false' }).default('true') })
const resultsQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,9}$/, 'it must be the number of a result')
    .transform(Number)
    .default(0),
  limit: limitOf(1000, 1000),
})

/** `/evals`: flows run on data sets, and what that came to. */
export function evalRoutes({ store, evals }: Pick<Deps, 'store' | 'evals'>) {
  return new Hono()
    .get('/', async (c) => c.json<List<EvalEntry>>({ items: await store.evals.list(readQuery(c, listQuery)) }))
    .post('/', async (c) => {
      const evalId = begun(await evals.start(await readBody(c, startEvalSchema)))
      return c.json<EvalStarted, 202>({ evalId }, 202)
    })
    .get('/:id', async (c) => {
      const id = c.req.param('id')
      const { items } = readQuery(c, entryQuery)
      const entry = (await store.evals.get(id)) ?? missing(id)
      if (items === 'false') return c.json<EvalEntry>(entry)
      return c.json<EvalAnswer>({ ...entry, items: (await store.evals.spec(id))?.cases ?? [] })
    })
    .get('/:id/results', async (c) => {
      const id = c.req.param('id')
      const { after, limit } = readQuery(c, resultsQuery)
      if ((await store.evals.status(id)) === null) missing(id)
      const items = await store.evals.results(id, after, limit)
      const last = items.at(-1)
      return c.json<EvalResults>({ items, ...(items.length === limit && last ? { cursor: String(last.seq) } : {}) })
    })
    .post('/:id/stop', async (c) => {
      begun(await evals.stop(c.req.param('id')))
      return c.json({}, 202)
    })
    .post('/:id/resume', async (c) => {
      begun(await evals.resume(c.req.param('id'), await readBody(c, resumeEvalSchema)))
      return c.json({}, 202)
    })
    .delete('/:id', async (c) => {
      begun(await evals.delete(c.req.param('id')))
      return c.body(null, 204)
    })
}

function missing(id: string): never {
  throw new ApiProblem('not_found', `There is no eval "${id}": it was never begun, or it was deleted.`)
}
