import type { Parallelism } from '../../flow/flow.ts'

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

/** What would help, as a change of the document that can be tried at once. */
export type Cure =
  | { change: 'remove_edge'; from: string; to: string; kind: 'order' | 'data' }
  | { change: 'set_limit'; limit: 'concurrency'; value: number }
  | { change: 'set_policy'; tool: string; policy: 'concurrency' | 'maxResultChars' | 'timeoutMs'; value: number }
  | { change: 'set_cache'; tool: string; cache: 'run' }
  | { change: 'set_approval'; tool: string; approval: 'never' }
  | { change: 'set_parallelism'; parallelism: Parallelism }
  | { change: 'add_clause'; clause: string }

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
  /** How many milliseconds sooner the run would have ended with the cure, predicted from the recorded durations. */
  savesMs: number
  /** Roughly how many tokens it cost, at four letters a token. */
  lostTokens: number
  advice: string
  edge?: { from: string; to: string }
  /** The figures and values that the finding rests on. */
  evidence: Record<string, unknown>
  cure?: Cure
}
