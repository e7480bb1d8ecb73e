import { z } from 'zod'
import { isObject } from '../lib/json.ts'
import { jsonFault } from '../lib/jsonFault.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { eventSchema, type RunEvent } from './events.ts'
import { RUN_LINES_FORMAT } from './runLines.ts'
import { type RunState, runFromEvents } from './state.ts'

/** A run rebuilt from its lines. */
export interface ReadRun {
  id: string
  /** The line it begins at, from 1. */
  line: number
  /** The document that ran, unchecked; null where the lines are events alone. */
  document: unknown
  events: RunEvent[]
  run: RunState
}

const header = z.looseObject({ format: z.literal(RUN_LINES_FORMAT), run: z.string(), document: z.unknown() })

/**
 * Rebuilds runs from their lines (docs/run-lines.md); events alone, as `volley run --events` prints them, will do. Answers the first line
 * that cannot be read, or does not go on where its run stands, and why.
 */
export function readRunLines(text: string): Result<ReadRun[], { line: number; message: string }> {
  const runs: Omit<ReadRun, 'run'>[] = []
  for (const [at, content] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (content.trim() === '') continue
    const line = at + 1
    const read = readLine(content)
    if (!read.ok) return err({ line, message: read.error })
    if ('header' in read.value) {
      const { run: id, document } = read.value.header
      runs.push({ id, line, document: document ?? null, events: [] })
      continue
    }
    const { run: id, event } = read.value
    let open = runs.at(-1)
    if (event.type === 'run.started' && (!open || open.events.length > 0)) {
      open = { id: event.runId, line, document: null, events: [] }
      runs.push(open)
    }
    if (!open) return err({ line, message: 'no run has begun here: the first event is run.started' })
    if (id !== undefined && id !== open.id)
      return err({ line, message: `it belongs to the run "${id}", and the run "${open.id}" goes on here` })
    if (event.seq !== open.events.length + 1)
      return err({ line, message: `it is event ${event.seq}, and event ${open.events.length + 1} should follow` })
    open.events.push(event)
  }
  const folded: ReadRun[] = []
  for (const one of runs) {
    try {
      folded.push({ ...one, run: runFromEvents(one.events) })
    } catch (fault) {
      return err({ line: one.line, message: `the run that begins here cannot be rebuilt: ${(fault as Error).message}` })
    }
  }
  return ok(folded)
}

type Line = { header: z.output<typeof header> } | { run: string | undefined; event: RunEvent }

function readLine(content: string): Result<Line, string> {
  const fault = jsonFault(content)
  if (fault) return err(`it is no JSON: ${fault.reason}, at column ${fault.column}`)
  const value: unknown = JSON.parse(content)
  if (!isObject(value)) return err('it is no JSON object')
  if ('format' in value) {
    const read = header.safeParse(value)
    return read.success
      ? ok({ header: read.data })
      : err(`it is no beginning of a run in the format ${RUN_LINES_FORMAT}`)
  }
  const { run, ...rest } = value
  const event = eventSchema.safeParse(rest)
  if (!event.success) {
    const issue = event.error.issues[0]
    return err(`it is no event of a run: ${issue?.path.length ? `"${issue.path.join('.')}": ` : ''}${issue?.message}`)
  }
  return ok({ run: typeof run === 'string' ? run : undefined, event: event.data as RunEvent })
}
