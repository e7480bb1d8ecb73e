import { type DraftAnswer, draftRequestSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { createDrafts } from '../drafts/draftFlow.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'

/** `POST /drafts`: a flow drafted by a model from what it should do. Nothing is saved; who closes the connection ends it. */
export function draftRoutes({
  models,
  documents,
  hide,
  audit,
  stopping,
}: Pick<Deps, 'models' | 'documents' | 'hide' | 'audit' | 'stopping'>) {
  const drafts = createDrafts({ models, parse: documents.parse, hide })
  return new Hono().post('/', async (c) => {
    const wish = await readBody(c, draftRequestSchema)
    const drafted = await drafts.draft(wish, AbortSignal.any([c.req.raw.signal, stopping]))
    if (!drafted.ok) throw new ApiProblem(drafted.error.code, drafted.error.message, drafted.error.problems)
    const { provider, model } = drafted.value.flow.agent
    audit.note('drafted', { provider, model, tools: drafted.value.flow.tools?.length ?? 0 })
    return c.json<DraftAnswer>(drafted.value)
  })
}
