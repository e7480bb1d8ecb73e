import { type ServedRun, servedRunSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { readRun, untilEnded } from '../serving/runOutcome.ts'
import type { createStarts } from '../starts/startOnce.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'
import { readQuery, versionNumber } from './query.ts'
import { accepted, begun } from './started.ts'
import { startKeyOf } from './startKey.ts'

const startQuery = z.object({
  label: z.string().exactOptional(),
  version: versionNumber.exactOptional(),
  wait: z.enum(['true', 'false'], { error: 'it must be true or false' }).default('false'),
})

/** `/flows/:id/runs`: a saved flow as a service for other programs. */
export function servedRunRoutes(
  { store: { log, runs }, stopping }: Pick<Deps, 'store' | 'stopping'>,
  { start }: ReturnType<typeof createStarts>,
) {
  return new Hono()
    .post('/:id/runs', async (c) => {
      const { wait, ...version } = readQuery(c, startQuery)
      const given = await readBody(c, servedRunSchema)
      const runId = begun(await start({ ...given, flowId: c.req.param('id'), ...version }, startKeyOf(c)))
      if (wait === 'false') return accepted(c, runId)
      const ended = await untilEnded(log, runId, { signal: AbortSignal.any([stopping, c.req.raw.signal]) })
      return ended ? c.json<ServedRun>(ended) : accepted(c, runId)
    })
    .get('/:id/runs/:runId', async (c) => {
      const { id, runId } = c.req.param()
      const spec = await runs.spec(runId)
      if (spec?.origin.id !== id) throw new ApiProblem('not_found', `The flow "${id}" has no run "${runId}".`)
      return c.json<ServedRun>(await readRun(log, runId))
    })
}
