import { createHash } from 'node:crypto'

export type AttributeValue = string | number | boolean | string[]
export type Attributes = Record<string, AttributeValue>

/** A span in no library's form. Times are milliseconds since 1970. */
export interface Span {
  name: string
  kind: 'internal' | 'client'
  traceId: string
  spanId: string
  parentSpanId?: string
  startedAt: number
  endedAt: number
  attributes: Attributes
  /** Spans of the same trace that this one had to wait for, or came from. */
  links: { spanId: string; attributes: Attributes }[]
  /** How many links were left out, because there are more than tracing programs take. */
  droppedLinks?: number
  events: { name: string; at: number; attributes: Attributes }[]
  /** `type` names the kind of fault in a word; the message stands here only where content may be sent. */
  error?: { type: string; message?: string }
}

// Ids follow from the names of what they stand for: a run, a turn or a call has the same ids whenever and wherever its spans are made, so
// that a nested run finds its caller's span without asking, and spans that are sent twice are the same spans.

export const traceIdOf = (outermostRun: string): string => digest(`run ${outermostRun}`, 32)
export const runSpanId = (run: string): string => digest(`${run} run`, 16)
export const turnSpanId = (run: string, turn: number): string => digest(`${run} turn ${turn}`, 16)
export const callSpanId = (run: string, call: number): string => digest(`${run} call ${call}`, 16)

const digest = (text: string, digits: number) => createHash('sha256').update(text).digest('hex').slice(0, digits)
