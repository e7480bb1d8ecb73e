import {
  EXPORT_FORMATS,
  type FlowVersion,
  type List,
  PROGRAM_FORMATS,
  type SavedFlow,
  type ValidationAnswer,
} from '@volley/shared/api.ts'
import { programOf } from '@volley/shared/flow/exportProgram.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps, Documents } from '../deps.ts'
import { readBody, readJson } from './body.ts'
import { ApiProblem } from './problems.ts'
import { cursorOf, cursorTo, limitOf, readQuery, versionNumber } from './query.ts'

const listQuery = z.object({
  limit: limitOf(200, 1000),
  cursor: cursorOf(z.strictObject({ updatedAt: z.string(), id: z.string() })).optional(),
})
const exportQuery = z.object({ format: z.enum([...EXPORT_FORMATS, ...PROGRAM_FORMATS]).default('volley') })
const labelBody = z.strictObject({ version: z.number().int().min(1) })
const noteBody = z.strictObject({ note: z.string().trim().max(1000) })
const LABEL = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/

/** `/flows`: the saved documents, their versions and labels. */
export function flowRoutes({
  store: { flows },
  documents,
  audit,
  hide,
}: Pick<Deps, 'store' | 'documents' | 'audit' | 'hide'>) {
  return new Hono()
    .get('/', async (c) => {
      const { limit, cursor } = readQuery(c, listQuery)
      const items = await flows.list({ limit, after: cursor })
      const last = items.at(-1)
      const more =
        items.length === limit && last ? { cursor: cursorTo({ updatedAt: last.updatedAt, id: last.id }) } : {}
      return c.json<List<SavedFlow>>({ items, ...more })
    })
    .post('/', async (c) => {
      const document = await readDocument(c, documents)
      return saved(c, await flows.create(document, authorOf(c)), 201)
    })
    .post('/validate', async (c) => {
      const flow = documents.parse(await readJson(c))
      return c.json<ValidationAnswer>({ valid: flow.ok, problems: flow.ok ? [] : flow.error })
    })
    .get('/:id', async (c) => {
      const id = c.req.param('id')
      return saved(c, (await flows.get(id)) ?? missing(id))
    })
    .put('/:id', async (c) => {
      const id = c.req.param('id')
      const expected = expectedVersion(c.req.header('if-match'))
      const outcome = await flows.put(id, await readDocument(c, documents), expected, authorOf(c))
      if (outcome.is === 'unknown') return missing(id)
      if (outcome.is === 'stale')
        throw new ApiProblem(
          'precondition_failed',
          `Someone else saved since version ${expected}: the flow is at version ${outcome.version}. Load it, or save without If-Match.`,
        )
      return saved(c, outcome.flow)
    })
    .delete('/:id', async (c) => {
      const id = c.req.param('id')
      if (!(await flows.delete(id))) missing(id)
      return c.body(null, 204)
    })
    .get('/:id/versions', async (c) => {
      const id = c.req.param('id')
      return c.json<List<FlowVersion>>({ items: (await flows.versions(id)) ?? missing(id) })
    })
    .get('/:id/versions/:version', async (c) => {
      const { id, version } = c.req.param()
      const { data: number } = versionNumber.safeParse(version)
      const found = number === undefined ? null : await flows.version(id, number)
      if (!found) throw new ApiProblem('not_found', `The flow "${id}" has no version ${version}.`)
      return c.json({ id, ...found })
    })
    .put('/:id/versions/:version/note', async (c) => {
      const { id, version } = c.req.param()
      const { note } = await readBody(c, noteBody)
      const { data: number } = versionNumber.safeParse(version)
      if (number === undefined || !(await flows.note(id, number, note || null)))
        throw new ApiProblem('not_found', `The flow "${id}" has no version ${version}.`)
      return c.json({ version: number, note: note || null })
    })
    .delete('/:id/labels/:label', async (c) => {
      const { id, label } = c.req.param()
      if (!(await flows.unlabel(id, label)))
        throw new ApiProblem('not_found', `The flow "${id}" has no label "${label}".`)
      return c.body(null, 204)
    })
    .put('/:id/labels/:label', async (c) => {
      const { id, label } = c.req.param()
      const { version } = await readBody(c, labelBody)
      if (!(await flows.get(id))) missing(id)
      if (!LABEL.test(label))
        throw new ApiProblem('unprocessable', `"${label}" is no label: use 1 to 64 letters, digits, ".", "_" or "-".`)
      if (!(await flows.label(id, label, version)))
        throw new ApiProblem('unprocessable', `The flow "${id}" has no version ${version} for the label.`)
      return c.json({ label, version })
    })
    .get('/:id/export', async (c) => {
      const id = c.req.param('id')
      const { format } = readQuery(c, exportQuery)
      const { flow: document } = (await flows.get(id)) ?? missing(id)
      audit.note('exported', { flow: id, format })
      // A secret that someone wrote into a document by hand leaves in no export.
      if (format === 'volley') return c.json(hide(document))
      if (format === 'typescript') return c.text(programOf(hide(document)))
      const flow = documents.parse(document)
      if (!flow.ok) throw new ApiProblem('unprocessable', 'The saved flow is no longer valid.', flow.error)
      return c.json(hide(documents.export(flow.value, format)) as object)
    })
}

/** The body as a document: checked whole, kept as its author wrote it. */
async function readDocument(c: Context, documents: Documents): Promise<FlowDocument> {
  const document = await readJson(c)
  const flow = documents.parse(document)
  if (!flow.ok) throw new ApiProblem('unprocessable', 'The document is not valid.', flow.error)
  return document as FlowDocument
}

function saved(c: Context, flow: SavedFlow, status: 200 | 201 = 200) {
  c.header('etag', `"${flow.version}"`)
  return c.json<SavedFlow, 200 | 201>(flow, status)
}

function missing(id: string): never {
  throw new ApiProblem('not_found', `There is no flow "${id}": it was never saved, or it was deleted.`)
}

/** Who saves, as the page tells it: a name, percent-encoded, since a header is plain letters. Nobody where it cannot be read. */
function authorOf(c: Context): string | null {
  try {
    return (
      decodeURIComponent(c.req.header('volley-author') ?? '')
        .trim()
        .slice(0, 100) || null
    )
  } catch {
    return null
  }
}

/** The version that `If-Match` names, as a bare number or an entity tag; `*` is any. */
function expectedVersion(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  if (version === undefined)
    throw new ApiProblem('bad_request', `If-Match must name a version, such as "3"; it is ${header}.`)
  return Number(version)
}
