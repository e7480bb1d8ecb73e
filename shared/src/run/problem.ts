/** Why a call ended without a result (contract 3, "Which code"). */
export const CALL_PROBLEM_CODES = [
  'unknown_tool',
  'invalid_arguments',
  'invalid_reference',
  'timeout',
  'tool_error',
  'network',
  'blocked',
  'denied',
  'truncated',
  'limit',
  'dependency_failed',
  'interrupted',
  'cancelled',
  'internal',
] as const
export type CallProblemCode = (typeof CALL_PROBLEM_CODES)[number]

/** An expected fault of one call: what happened and, for a skipped call, the call that failed. */
export interface CallProblem {
  code: CallProblemCode
  message: string
  call?: number
}

/** An expected fault of a turn or a run. Codes beside those of calls: `provider`, `overloaded`, `unauthorized`, `stream`, … */
export interface RunProblem {
  code: string
  message: string
}
