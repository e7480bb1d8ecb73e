import { z } from 'zod'
import { RUN_STATUSES } from '../run/statuses.ts'

/** From 0 to 1. */
const share = z.number().min(0).max(1)
const calls = z.array(z.number())

const agreement = z.object({ precision: share, recall: share, f1: share })
export type Agreement = z.output<typeof agreement>

const callScore = z.object({
  /** On the names of the tools alone. */
  byName: agreement,
  /** On name and arguments. */
  byCall: agreement,
  /** Places, in the case, of required calls that no call stands for. */
  skipped: calls,
  /** Numbers of calls that nobody expected; forbidden ones are among them. */
  extra: calls,
  /** Numbers of calls that the case forbids. */
  forbidden: calls,
})
export type CallScore = z.output<typeof callScore>

const turnScore = z.object({
  /** The part of the expected calls that came in the first turn they could: 1 where everything that could share a turn did. */
  score: share,
  /** Numbers of calls that could have come in an earlier turn, together with others of that turn. */
  late: calls,
  /** Numbers of calls that the case wants in one turn with others, and that came in another. */
  apart: calls,
})
export type TurnScore = z.output<typeof turnScore>

const runCosts = z.object({
  turns: z.number(),
  /** Mean over the turns with calls; null where there is none. */
  callsPerTurn: z.number().nullable(),
  latencyMs: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number().nullable(),
})
export type RunCosts = z.output<typeof runCosts>

/** What one run of a case is worth. Null: the case does not ask for it, or it cannot be said. */
export const caseScoreSchema = z.object({
  /** Of the run. */
  status: z.enum(RUN_STATUSES),
  /** Whether the run succeeded and all that the case asks for holds; an unasked judge is not held against it. */
  passed: z.boolean(),
  /** Of a run that did not succeed: no agreement at all. */
  calls: callScore.nullable(),
  /** Kept pairs of the expected order. */
  order: share.nullable(),
  sharing: turnScore.nullable(),
  /** By check of the case. */
  answer: z.array(z.boolean().nullable()),
  bfcl: z.object({ valid: z.boolean(), error_type: z.string().exactOptional() }).nullable(),
  /** What the run took; null where it did not succeed: a run that fails at once is not a fast one. */
  took: runCosts.nullable(),
})
export type CaseScore = z.output<typeof caseScoreSchema>

/** One run of a case, scored. */
export const scoredRunSchema = z.object({
  caseId: z.string(),
  /** From 1. */
  repeat: z.number().int().min(1),
  score: caseScoreSchema,
})
export type ScoredRun = z.output<typeof scoredRunSchema>
