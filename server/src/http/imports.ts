import { type ImportAnswer, importRequestSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { readBody } from './body.ts'

/** `POST /import`: another format read as a flow. Inert: nothing is run, fetched or saved. */
export function importRoutes({ documents, audit }: Pick<Deps, 'documents' | 'audit'>) {
  return new Hono().post('/', async (c) => {
    const { content, ...options } = await readBody(c, importRequestSchema)
    const answer = documents.import(content, options)
    audit.note('imported', { format: answer.format, tools: answer.flow?.tools?.length ?? 0 })
    return c.json<ImportAnswer>(answer)
  })
}
