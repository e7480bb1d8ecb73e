import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { EXAMPLE_TOPICS, type Example, type List } from '@volley/shared/api.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'

const entries = z.array(
  z.object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    title: z.string(),
    summary: z.string(),
    prompt: z.string(),
    topics: z.array(z.enum(EXAMPLE_TOPICS)).default([]),
  }),
)

/** `GET /examples`: the flows offered when nothing is saved, in the order of `examples.json`. */
export function exampleRoutes({ examplesFolder }: Pick<Deps, 'examplesFolder'>) {
  return new Hono().get('/', async (c) => c.json<List<Example>>({ items: await readExamples(examplesFolder) }))
}

/** Reads `examples.json` and the document `<id>.flow.json` beside it for each entry. */
export async function readExamples(folder: string): Promise<Example[]> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(path.join(folder, name), 'utf8'))
  const list = entries.parse(await read('examples.json').catch(emptyWhenMissing))
  return Promise.all(
    list.map(async (entry) => ({ ...entry, flow: (await read(`${entry.id}.flow.json`)) as FlowDocument })),
  )
}

/** A server without its examples offers none. */
function emptyWhenMissing(error: NodeJS.ErrnoException): [] {
  if (error.code !== 'ENOENT') throw error
  return []
}
