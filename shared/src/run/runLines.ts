import type { RunListItem } from '../api.ts'
import type { FlowDocument } from '../flow/flow.ts'
import type { RunEvent } from './events.ts'

// Runs as JSON lines (docs/run-lines.md): for each run one line of what it was started with, then one line for each of its events.

export const RUN_LINES_FORMAT = 'volley.runs/1'

/** The first line of a run: all that is needed beside its events to read it, and to play it again. */
export interface RunHeader extends Omit<RunListItem, 'id' | 'summary' | 'costUsd' | 'findings'> {
  format: typeof RUN_LINES_FORMAT
  run: string
  /** The document that ran. */
  document: FlowDocument
  variables: Record<string, string>
  /** The calls of a volley that was written by hand. */
  batch?: { tool: string; arguments?: unknown }[]
}

/** An event as the stream sends it, with the run it belongs to. */
export const eventLine = (run: string, event: RunEvent): string => `${JSON.stringify({ run, ...event })}\n`

export const headerLine = (header: RunHeader): string => `${JSON.stringify(header)}\n`
