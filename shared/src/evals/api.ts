import { z } from 'zod'
import { PARALLELISMS } from '../flow/flow.ts'
import type { CaseScore } from './caseScore.ts'
import type { SetSummary } from './summarise.ts'
import type { TestCase } from './testCase.ts'
import type { EvalVariant } from './variants.ts'

// The requests and answers of `/api/data-sets` and `/api/evals`, as server and page both name them.

/** The most cases of one data set. */
export const MOST_CASES = 5000
/** The most runs of one eval: cases × variants × repeats. */
export const MOST_EVAL_RUNS = 20_000

const name = z.string().trim().min(1).max(200)
const description = z.string().max(10_000)
/** Read one by one, so that each that cannot be read is told by its place. */
const cases = z.array(z.unknown()).max(MOST_CASES)

export const newDataSetSchema = z.strictObject({
  name,
  description: description.exactOptional(),
  cases: cases.exactOptional(),
})
export const changeDataSetSchema = z.strictObject({
  name: name.exactOptional(),
  description: description.exactOptional(),
})
export const addCasesSchema = z.strictObject({ cases })

/** A data set as a list shows it. */
export interface DataSetEntry {
  id: string
  name: string
  description: string
  /** How many cases it has. */
  size: number
  createdAt: string
  updatedAt: string
}

export interface DataSet extends DataSetEntry {
  /** In the order they were added. */
  cases: TestCase[]
}

export const EVAL_TOOLS = ['live', 'mocked', 'recorded'] as const
/**
 * What runs in the place of a flow's tools. `mocked`: what each last gave in this flow, whatever it is asked. `recorded`: what was
 * recorded in this flow for equal arguments; a call that never was fails and says so. Tools that are mocks stay as they are.
 */
export type EvalTools = (typeof EVAL_TOOLS)[number]

const word = z.string().trim().min(1).max(200)

export const startEvalSchema = z.strictObject({
  /** Left out: made of the flow's and the data set's. */
  name: name.exactOptional(),
  flowId: z.string(),
  dataSetId: z.string(),
  /** Only these cases of the set. */
  caseIds: z.array(z.string()).min(1).max(MOST_CASES).exactOptional(),
  /** Left out: the newest one. */
  versions: z.array(z.number().int().min(1)).min(1).max(20).exactOptional(),
  /** Left out: the model of each version. */
  models: z
    .array(z.strictObject({ provider: word, model: word }))
    .min(1)
    .max(20)
    .exactOptional(),
  /** Left out: the parallelism of each version. */
  parallelisms: z.array(z.enum(PARALLELISMS)).min(1).max(3).exactOptional(),
  /** Additions to the instructions, each measured against the instructions as they are. */
  clauses: z
    .array(z.strictObject({ name: word, text: z.string().trim().min(1).max(20_000) }))
    .min(1)
    .max(20)
    .exactOptional(),
  repeats: z.number().int().min(1).max(100).default(1),
  /** So many runs go on at the same time, at most. */
  concurrency: z.number().int().min(1).max(32).default(4),
  tools: z.enum(EVAL_TOOLS).default('live'),
})
export type StartEval = z.input<typeof startEvalSchema>

/** `stopped`: by a person, or since it could not go on (`error` says why). It can be resumed, as one that ran when its server died does by itself. */
export const EVAL_STATUSES = ['running', 'stopped', 'finished'] as const
export type EvalStatus = (typeof EVAL_STATUSES)[number]

export interface EvalEntry {
  id: string
  name: string
  status: EvalStatus
  /** Why it stopped by itself. */
  error: string | null
  flow: { id: string; name: string }
  dataSet: { id: string; name: string }
  variants: EvalVariant[]
  /** How many cases each variant is run on. */
  cases: number
  repeats: number
  concurrency: number
  tools: EvalTools
  createdAt: string
  finishedAt: string | null
  progress: EvalProgress
  /** The numbers of each variant, in their order; null while it runs. */
  summaries: SetSummary[] | null
}

export interface EvalProgress {
  /** Runs there are to be in all, that have ended, and of these that did not succeed. */
  total: number
  done: number
  failed: number
  /** Of the runs that have ended; null where the price of one is not known. */
  costUsd: number | null
  /** By the pace so far; null before the first run has ended, and when nothing is left. */
  timeLeftMs: number | null
}

export interface EvalAnswer extends EvalEntry {
  /** The cases as they were when it began. */
  items: TestCase[]
}

export interface EvalStarted {
  evalId: string
}

/** One run of a case, scored; as `ScoredRun`, with what leads to its trace. */
export interface EvalResult {
  /** Counts the results in the order they came, from 1. */
  seq: number
  /** Place in `variants`. */
  variant: number
  caseId: string
  repeat: number
  /** Null where no run could begin. */
  runId: string | null
  score: CaseScore
  error: string | null
  /** The answer, cut where it is long. */
  output: string | null
}

export interface EvalResults {
  items: EvalResult[]
  /** Where to ask on; left out at the end of what is there. */
  cursor?: string
}

export const resumeEvalSchema = z.strictObject({
  /** Runs that did not succeed are made anew. */
  failed: z.boolean().default(false),
})
