import type { RunFacets, RunStatsAnswer } from '@volley/shared/api.ts'
import { statsOf } from '@volley/shared/trace/runStats.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { limitOf, readQuery } from './query.ts'
import { runFilterQuery } from './runFilter.ts'

const facetsQuery = z.object({ flowId: z.string().optional() })
const statsQuery = z.object({ ...runFilterQuery, limit: limitOf(500, 2000) })

/** `/runs/facets`: what runs can be filtered by. `/runs/stats`: the numbers of the newest `limit` finished ones that a filter lets through. */
export function runStatsRoutes({ store: { digests } }: Pick<Deps, 'store'>) {
  return new Hono()
    .get('/facets', async (c) => c.json<RunFacets>(await digests.facets(readQuery(c, facetsQuery).flowId)))
    .get('/stats', async (c) => {
      const { limit, ...filter } = readQuery(c, statsQuery)
      const [facts, total] = await Promise.all([digests.facts(filter, limit), digests.count(filter)])
      return c.json<RunStatsAnswer>({ total, ...statsOf(facts) })
    })
}
