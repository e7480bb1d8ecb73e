import { z } from 'zod'
import { PARALLELISMS } from '../flow/flow.ts'
import { earlierMessageSchema } from './earlierMessage.ts'
import { heldBySchema } from './heldBy.ts'
import { priceSchema } from './price.ts'
import { CALL_PROBLEM_CODES } from './problem.ts'
import { STOP_REASONS } from './statuses.ts'

// Every fact about a run (contract 4). A run is its events, in order; nothing else changes a run.
// Volley's own additions: `message.finished` marks where the model fell silent, while the turn's calls may go on; `call.progress` is what a
// running call tells of itself, at most ten times a second; `console` on the end of an attempt is what the tool's own code printed; `limit` of
// `call.waiting`, and `turn.waiting`, say which limit over all runs keeps something in line.

export type { EarlierMessage } from './earlierMessage.ts'
export type { CallStatus, RunStatus, StopReason } from './statuses.ts'

const turn = z.number().int().min(1)
const call = z.number().int().min(1)
const attempt = z.number().int().min(1)
const json = z.unknown()
const callProblem = z.object({ code: z.enum(CALL_PROBLEM_CODES), message: z.string(), call: call.exactOptional() })
const runProblem = z.object({ code: z.string(), message: z.string() })

/** What a tool's own code printed during one attempt, in order. */
export const consoleSchema = z.array(z.object({ level: z.enum(['log', 'info', 'warn', 'error']), text: z.string() }))
export type ConsoleLine = z.output<typeof consoleSchema>[number]

export const usageSchema = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedTokens: z.number().exactOptional(),
})
export type Usage = z.output<typeof usageSchema>

export const summarySchema = z.object({
  elapsedMs: z.number(),
  serialMs: z.number(),
  criticalPathMs: z.number(),
  criticalPath: z.array(call),
  speedup: z.number(),
  maxConcurrency: z.number(),
  callsPerTurn: z.number(),
  calls: z.object({
    total: z.number(),
    succeeded: z.number(),
    failed: z.number(),
    skipped: z.number(),
    cancelled: z.number(),
  }),
})
export type Summary = z.output<typeof summarySchema>

const fact = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape })

const exchangedBody = z.object({ text: z.string(), bytes: z.number() })
const exchangedRequest = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: exchangedBody.exactOptional(),
})
const exchangedAnswer = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: exchangedBody,
})

export const factSchema = z.discriminatedUnion('type', [
  fact('run.started', {
    runId: z.string(),
    flow: z.object({ id: z.string().nullable(), name: z.string(), version: z.number().nullable() }),
    input: z.string(),
    parallelism: z.enum(PARALLELISMS),
    provider: z.string(),
    model: z.string(),
    /** The call of another run that this run is the work of. */
    parent: z.object({ run: z.string(), call }).exactOptional(),
    /** One tool tried alone. */
    trial: z.literal(true).exactOptional(),
    /** Every tool was replaced by a mock. */
    mocked: z.literal(true).exactOptional(),
    eval: z.string().exactOptional(),
    /** What user and agent had said before, in turn. */
    messages: z.array(earlierMessageSchema).exactOptional(),
    /** The run whose first turns this one has again, from their record. */
    forked: z.object({ run: z.string(), turns: z.number().int().min(1) }).exactOptional(),
  }),
  fact('turn.started', { turn }),
  fact('turn.retrying', { turn, attempt, error: runProblem, delayMs: z.number() }),
  /** A limit over all runs keeps the turn's request in line; without one it goes out now. */
  fact('turn.waiting', { turn, limit: heldBySchema.exactOptional() }),
  fact('text.delta', { turn, text: z.string() }),
  fact('call.emitted', {
    turn,
    call,
    id: z.string(),
    tool: z.string(),
    arguments: json,
    /** The arguments as they were written, where their value does not tell it: see `textToKeep`. */
    argumentsText: z.string().exactOptional(),
  }),
  /** `limit`: all it waited for has ended, and a limit over all runs keeps it in line. */
  fact('call.waiting', { call, waitsFor: z.array(call), limit: heldBySchema.exactOptional() }),
  fact('call.awaiting_approval', { call }),
  fact('call.approved', { call, reason: z.string().exactOptional() }),
  /** `after`: all calls it waited for, whether or not it was ever seen waiting; left out where there were none. */
  fact('call.started', { call, attempt, arguments: json, eager: z.boolean(), after: z.array(call).exactOptional() }),
  fact('call.retrying', {
    call,
    attempt,
    error: callProblem,
    delayMs: z.number(),
    console: consoleSchema.exactOptional(),
  }),
  /** The call runs another flow: the run that does its work. */
  fact('call.nested', { call, runId: z.string() }),
  /** Of a tool tried alone: what went out and what came back, without secrets and cut where it is long. */
  fact('call.exchange', { call, request: exchangedRequest, answer: exchangedAnswer.exactOptional() }),
  fact('call.progress', {
    call,
    message: z.string().exactOptional(),
    progress: z.number().exactOptional(),
    total: z.number().exactOptional(),
  }),
  fact('call.succeeded', {
    call,
    result: json,
    /** What the model reads in place of a result that is more than text. */
    shown: z.string().exactOptional(),
    durationMs: z.number(),
    coalescedWith: call.exactOptional(),
    adoptedFrom: call.exactOptional(),
    console: consoleSchema.exactOptional(),
  }),
  fact('call.failed', { call, error: callProblem, console: consoleSchema.exactOptional() }),
  fact('call.skipped', { call, error: callProblem, after: z.array(call).exactOptional() }),
  fact('call.cancelled', { call, error: callProblem }),
  fact('message.finished', {
    turn,
    usage: usageSchema,
    stopReason: z.enum(STOP_REASONS),
    /** What the provider wants back in the next request beyond text and calls (reasoning items, thinking blocks), as it sent it. */
    echo: json.exactOptional(),
  }),
  fact('turn.finished', { turn, usage: usageSchema, stopReason: z.enum(STOP_REASONS) }),
  fact('run.finished', {
    status: z.enum(['succeeded', 'failed', 'cancelled']),
    output: z.string().nullable(),
    error: runProblem.exactOptional(),
    usage: usageSchema,
    costUsd: z.number().nullable(),
    /** What the cost was counted with; left out where none was known. Later changes of the table change no run. */
    price: priceSchema.exactOptional(),
    summary: summarySchema,
  }),
])

/** What happened, before it has a place in the log. */
export type RunFact = z.output<typeof factSchema>
/** A fact with its number in the run (from 1, no gaps) and its time in milliseconds since the run began (never falling). */
export type RunEvent = RunFact & { seq: number; at: number }
export type RunFactOf<Type extends RunFact['type']> = Extract<RunFact, { type: Type }>
export type RunEventOf<Type extends RunFact['type']> = RunFactOf<Type> & { seq: number; at: number }

export const eventSchema = z.intersection(z.object({ seq: z.number().int().min(1), at: z.number().min(0) }), factSchema)
