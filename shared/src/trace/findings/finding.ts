import type { Cure } from './cure.ts'

export const FINDING_CODES = [
  'needless_edge',
  'serial_turns',
  'concurrency_bound',
  'straggler',
  'approval_stall',
  'retry_cost',
  'duplicate_calls',
  'over_call',
  'skipped_call',
  'premature_dependent',
  'oversized_result',
  'unknown_tool',
  'invalid_arguments',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** A diagnosis from a trace (contract 5): what is so, what it cost, and what to do. */
export interface Finding {
  code: FindingCode
  /** One sentence that names the calls and tools. */
  message: string
  /** The calls it is about, ascending. */
  calls: number[]
  /**
   * What it cost, in milliseconds: for a delay, how much sooner the run would have ended; for needless work, the time the work took,
   * whether or not anything waited for it.
   */
  costMs: number
  /** How many milliseconds sooner the run would have ended with the cure, or without the cause, predicted from the recorded durations. */
  savesMs: number
  /** Roughly how many tokens it cost, at four letters a token. */
  lostTokens: number
  advice: string
  edge?: { from: string; to: string }
  /** The figures and values that the finding rests on. */
  evidence: Record<string, unknown>
  /** A change that can be tried at once. Left out where none is sure to be one, or the flow has it already. */
  cure?: Cure
}
