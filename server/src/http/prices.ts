import type { List } from '@volley/shared/api.ts'
import { type PriceEntry, priceSchema } from '@volley/shared/run/price.ts'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'

const MOST_NAME_CHARS = 200

/** `/prices`: what models charge. An own row stands in place of a built-in one until it is reset; no finished run changes. */
export function priceRoutes({ prices, audit }: Pick<Deps, 'prices' | 'audit'>) {
  return new Hono()
    .get('/', (c) => c.json<List<PriceEntry>>({ items: prices.list() }))
    .put('/:provider/:model', async (c) => {
      const { provider, model } = c.req.param()
      for (const [what, name] of Object.entries({ provider, model }))
        if (name.trim() !== name || name.length > MOST_NAME_CHARS)
          throw new ApiProblem(
            'unprocessable',
            `"${name.slice(0, MOST_NAME_CHARS)}" is no name of a ${what}: use at most ${MOST_NAME_CHARS} characters, without spaces around them.`,
          )
      const entry = await prices.put({ provider, model, ...(await readBody(c, priceSchema)) })
      audit.note('price_stored', { provider, model })
      return c.json<PriceEntry>(entry)
    })
    .delete('/:provider/:model', async (c) => {
      const { provider, model } = c.req.param()
      if (!(await prices.reset(provider, model)))
        throw new ApiProblem('not_found', `There is no own price of "${model}" at "${provider}".`)
      audit.note('prices_reset', { provider, model })
      return c.body(null, 204)
    })
    .delete('/', async (c) => {
      const count = await prices.resetAll()
      if (count > 0) audit.note('prices_reset', { count })
      return c.body(null, 204)
    })
}
