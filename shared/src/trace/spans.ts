import { isObject } from '../lib/json.ts'
import type { CallStatus } from '../run/events.ts'
import type { HeldBy } from '../run/heldBy.ts'
import type { CallState, RunState, TurnState } from '../run/state.ts'
import type { Span } from './span.ts'
import { callNumber, type WaitSpan, waitSpans } from './waiting.ts'

// A run as rows on one time axis, in milliseconds since it began. What this file keeps:
// 1. Every turn gives one row and every call gives one row, a turn's calls right after it, in number order.
// 2. Spans are never negative and never overlap within a row; what still goes on has `to: null`.

export interface AttemptSpan extends Span {
  attempt: number
  failed: boolean
}

export interface ModelRow {
  kind: 'model'
  turn: number
  /** From the request to the end of the message; the turn's calls may go on after it. */
  span: Span
  /** How many calls the model made, and whether it wrote words. */
  calls: number
  hasText: boolean
  /** The pauses after tries that broke. */
  pauses: Span[]
  /** When limits over all runs kept its request in line. */
  queued: Span[]
  /** The limit that keeps it in line now. */
  heldBy: HeldBy | null
}

export interface CallRow {
  kind: 'call'
  call: number
  turn: number
  tool: string
  status: CallStatus
  /** What tells this call from its siblings, in a few words. */
  label: string
  waits: WaitSpan[]
  /** First attempt's start to the end; null when it never started. */
  run: Span | null
  attempts: AttemptSpan[]
  waitsFor: number[]
  /** The call whose end let this one go: the last to end of those it waited for. Null while they go on. */
  releasedBy: number | null
  eager: boolean
}

export type Row = ModelRow | CallRow

/** The rows of a run, from top to bottom. */
export function rowsOf(run: RunState): Row[] {
  // By the call's own turn: a turn that was asked again no longer lists the calls of its broken tries, but they took place.
  const callsOfTurn = Map.groupBy(run.calls, (call) => call.turn)
  return run.turns.flatMap((turn) => [
    modelRow(turn, run),
    ...(callsOfTurn.get(turn.turn) ?? []).map((call) => callRow(call, run)),
  ])
}

/** A call's arguments in a few words: the call it takes values from, else its short values, else the calls it waited for. */
export function labelOf(call: CallState, run: Pick<RunState, 'calls'>): string {
  const { emittedArguments: emitted } = call
  const tools = new Set(call.waitsFor.map((number) => run.calls[number - 1]?.tool))
  const sources = sourcesIn(emitted, tools)
  if (sources.length > 0) return `from ${sources.map((number) => `#${number}`).join(', ')}`
  const values = isObject(emitted) ? Object.values(emitted).flatMap(wordOf) : wordOf(emitted)
  if (values.length > 0) return shortened(values.join(', '))
  if (call.waitsFor.length > 0) return `after ${call.waitsFor.map((number) => `#${number}`).join(', ')}`
  return ''
}

function modelRow(turn: TurnState, run: RunState): ModelRow {
  const over = turn.messageFinishedAt ?? turn.finishedAt ?? (run.summary ? run.at : null)
  return {
    kind: 'model',
    turn: turn.turn,
    span: { from: turn.startedAt, to: over },
    calls: turn.calls.length,
    hasText: turn.text !== '',
    pauses: turn.retries.map(({ at, delayMs }) => ({
      from: at,
      to: over === null ? at + delayMs : Math.min(at + delayMs, over),
    })),
    queued: (turn.heldBy ?? []).map(({ at, to }) => ({ from: at, to: to ?? over })),
    heldBy: over === null ? (turn.heldBy?.find(({ to }) => to === null)?.limit ?? null) : null,
  }
}

function callRow(call: CallState, run: RunState): CallRow {
  return {
    kind: 'call',
    call: call.call,
    turn: call.turn,
    tool: call.tool,
    status: call.status,
    label: labelOf(call, run),
    waits: waitSpans(call, run),
    run: runSpan(call),
    attempts: call.attempts.map((one) => ({
      attempt: one.attempt,
      from: one.startedAt,
      to: one.finishedAt,
      failed: one.error !== undefined,
    })),
    waitsFor: call.waitsFor,
    releasedBy: releasedBy(call, run),
    eager: call.eager,
  }
}

function runSpan(call: CallState): Span | null {
  return call.startedAt === null ? null : { from: call.startedAt, to: call.finishedAt }
}

function releasedBy(call: CallState, run: RunState): number | null {
  let last: CallState | null = null
  for (const number of call.waitsFor) {
    const other = callNumber(run, number)
    if (other.finishedAt === null) return null
    if (last === null || other.finishedAt >= (last.finishedAt ?? 0)) last = other
  }
  return last?.call ?? null
}

/** The calls an argument refers to: a reference at any depth, or a mapped parameter, which is named after the source tool. */
function sourcesIn(value: unknown, tools: ReadonlySet<string | undefined>): number[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => sourcesIn(item, tools)))]
  if (!isObject(value)) return []
  if (Number.isInteger(value.from_call)) return [value.from_call as number]
  const found = Object.entries(value).flatMap(([key, inner]) =>
    tools.has(key) && Number.isInteger(inner) ? [inner as number] : sourcesIn(inner, tools),
  )
  return [...new Set(found)]
}

function wordOf(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim().replace(/\s+/g, ' ')]
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  if (Array.isArray(value) && value.length > 0) return [`${value.length} items`]
  return []
}

const MOST_LETTERS = 32

function shortened(text: string): string {
  const letters = [...text]
  return letters.length <= MOST_LETTERS ? text : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`
}
