import { type CheckCodeAnswer, checkCodeSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { readBody } from './body.ts'

/** `POST /code/check`: what is wrong with the source of a code tool, with its places. It is read and never executed. */
export function codeRoutes({ sandbox }: Pick<Deps, 'sandbox'>) {
  return new Hono().post('/check', async (c) => {
    const { source } = await readBody(c, checkCodeSchema)
    return c.json<CheckCodeAnswer>({ problems: await sandbox.checkSource(source) })
  })
}
