import { eventLine, headerLine, RUN_LINES_FORMAT, type RunHeader } from '@volley/shared/run/runLines.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { RunFilter } from '../store/runFilter.ts'
import { ApiProblem } from './problems.ts'
import { readQuery } from './query.ts'
import { runFilterQuery } from './runFilter.ts'

const MOST_IDS = 200
const PAGE = 100
const PIECE_CHARS = 65_536

const exportQuery = z.object({
  ...runFilterQuery,
  ids: z
    .string()
    .transform((text) => text.split(','))
    .refine((ids) => ids.length <= MOST_IDS, `it must name at most ${MOST_IDS} runs`)
    .optional(),
})

/**
 * `/runs/export`: the runs of a filter, or those named in `ids`, as JSON lines (docs/run-lines.md), newest first. Sent as it is read, one run
 * after another; what is read of the log holds no secret, and the document's are hidden.
 */
export function runExportRoutes(deps: Pick<Deps, 'store' | 'audit' | 'hide' | 'stopping'>) {
  return new Hono().get('/export', async (c) => {
    const filter = readQuery(c, exportQuery)
    const [newest] = await deps.store.runs.list({ ...filter, limit: 1 })
    if (!newest) throw new ApiProblem('not_found', 'No run is meant by this: there is nothing to export.')
    deps.audit.note('exported', { runs: filter.ids ?? (await deps.store.digests.count(filter)) })
    const lines = linesOf(filter, deps)
    const name = filter.ids?.length === 1 ? `run-${newest.id}` : 'runs'
    return c.body(streamOf(lines), 200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.jsonl"`,
    })
  })
}

/** Texts as bytes, in pieces of some size; nothing is read before it is asked for. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        let piece = ''
        while (piece.length < PIECE_CHARS) {
          const next = await texts.next()
          if (next.done) break
          piece += next.value
        }
        if (piece === '') controller.close()
        else controller.enqueue(encoder.encode(piece))
      },
      async cancel() {
        await texts.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function* linesOf(
  filter: RunFilter,
  { store, hide, stopping }: Pick<Deps, 'store' | 'hide' | 'stopping'>,
): AsyncGenerator<string> {
  let before: string | undefined
  for (;;) {
    const page = await store.runs.list({ ...filter, before, limit: PAGE })
    for (const item of page) {
      if (stopping.aborted) return
      const [spec, events] = await Promise.all([store.runs.spec(item.id), store.log.read(item.id, 0)])
      // Deleted since the list was read.
      if (!spec || events.length === 0) continue
      const { id, summary: _summary, costUsd: _cost, findings: _findings, ...meta } = item
      const { flow, input, variables, batch } = spec
      const header: RunHeader = {
        format: RUN_LINES_FORMAT,
        run: id,
        ...meta,
        input,
        document: hide(flow),
        variables: hide(variables),
        ...(batch ? { batch } : {}),
      }
      yield headerLine(header)
      for (const event of events) yield eventLine(id, event)
    }
    before = page.at(-1)?.id
    if (page.length < PAGE) return
  }
}
