import type { Context } from 'hono'
import { ApiProblem } from './problems.ts'

/** The `Idempotency-Key` of a start; undefined without one. */
export function startKeyOf(c: Context): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key))
    throw new ApiProblem('bad_request', 'Idempotency-Key must be 1 to 255 plain letters, digits and signs.')
  return key
}
