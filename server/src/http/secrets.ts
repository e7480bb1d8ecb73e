import type { List } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { SecretEntry } from '../secrets/secrets.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/
const MOST_BYTES = 65_536

const origin = z
  .string()
  .refine((given) => URL.canParse(given) && /^https?:\/\/[^/?#]+\/?$/i.test(given), {
    error: 'it must be an origin such as https://api.example.com, without a path',
  })
  .transform((given) => new URL(given).origin)
const secretBody = z.strictObject({
  value: z
    .string()
    .min(1, 'the value must not be empty')
    .refine((value) => Buffer.byteLength(value) <= MOST_BYTES, 'the value must be at most 64 KB'),
  origins: z.array(origin).min(1, 'name at least one origin, or leave it out').max(100).nullable().exactOptional(),
})

/** `/secrets`: write-only. Names come back, values never. */
export function secretRoutes({ secrets, audit }: Pick<Deps, 'secrets' | 'audit'>) {
  return new Hono()
    .get('/', (c) => c.json<List<SecretEntry>>({ items: secrets.list() }))
    .put('/:name', async (c) => {
      const name = c.req.param('name')
      if (!NAME.test(name))
        throw new ApiProblem(
          'unprocessable',
          `"${name}" is no name for a secret: use 1 to 64 letters, digits or "_", not a digit first.`,
        )
      const { value, origins = null } = await readBody(c, secretBody)
      const stored = await secrets.put(name, { value, origins })
      if (!stored.ok) throw new ApiProblem('unprocessable', stored.error)
      audit.note('secret_stored', { secret: name, origins })
      return c.json<SecretEntry>(stored.value)
    })
    .delete('/:name', async (c) => {
      const name = c.req.param('name')
      if (!(await secrets.delete(name))) throw new ApiProblem('not_found', `There is no secret "${name}".`)
      audit.note('secret_deleted', { secret: name })
      return c.body(null, 204)
    })
}
