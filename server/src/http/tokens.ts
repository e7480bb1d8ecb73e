import { type ApiTokenEntry, type List, type MadeApiToken, makeApiTokenSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'

/** `/tokens`: what programs run one flow with. A token is shown when it is made, and never again. */
export function tokenRoutes({ tokens, store: { flows }, audit }: Pick<Deps, 'tokens' | 'store' | 'audit'>) {
  return new Hono()
    .get('/', async (c) => c.json<List<ApiTokenEntry>>({ items: await tokens.list() }))
    .post('/', async (c) => {
      const { name, flowId } = await readBody(c, makeApiTokenSchema)
      if (!(await flows.get(flowId)))
        throw new ApiProblem('unprocessable', `There is no flow "${flowId}" that the token could run.`)
      const made = await tokens.make({ name, flowId })
      audit.note('api_token_made', { token: made.id, name, flow: flowId })
      return c.json<MadeApiToken, 201>(made, 201)
    })
    .delete('/:id', async (c) => {
      const id = c.req.param('id')
      if (!(await tokens.revoke(id))) throw new ApiProblem('not_found', `There is no token "${id}".`)
      audit.note('api_token_revoked', { token: id })
      return c.body(null, 204)
    })
}
