import { type ImportAnswer, importRequestSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { readBody } from './body.ts'

/** `POST /import`: another format read as a flow. Inert: nothing is run, fetched or saved. */
export function importRoutes({ documents }: Pick<Deps, 'documents'>) {
  return new Hono().post('/', async (c) => {
    const { content, ...options } = await readBody(c, importRequestSchema)
    return c.json<ImportAnswer>(documents.import(content, options))
  })
}
