import type { Ending, VolleyPlan } from '@volley/shared/plan/volleyPlan.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import type { CallState } from '@volley/shared/run/state.ts'
import type { ReadableCall } from './readCall.ts'

/** One call while its run goes on. */
export interface Call {
  number: number
  turn: number
  toolName: string
  plan: VolleyPlan
  readable: ReadableCall | null
  /** Resolved, once they are. */
  arguments: Record<string, unknown> | null
  attemptsBefore: number
  startedAt: number | null
  /** How many others the log says it waits for; null where it says nothing. */
  announced: number | null
  approval: CallState['approval']
  ending: Ending | null
  result: unknown
  error: CallProblem | null
  /** Told when the call ends. */
  followers: (() => void)[]
}

export function newCall(number: number, turn: number, toolName: string, plan: VolleyPlan): Call {
  return {
    number,
    turn,
    toolName,
    plan,
    readable: null,
    arguments: null,
    attemptsBefore: 0,
    startedAt: null,
    announced: null,
    approval: 'none',
    ending: null,
    result: null,
    error: null,
    followers: [],
  }
}

/** A call as the log left it when the server that ran it was gone. */
export function callFromLog(state: CallState, plan: VolleyPlan): Call {
  return {
    ...newCall(state.call, state.turn, state.tool, plan),
    arguments:
      state.attempts.length > 0 || state.adoptedFrom ? (state.arguments as Record<string, unknown> | null) : null,
    attemptsBefore: state.attempts.length,
    startedAt: state.startedAt,
    announced: state.waitsFor.length > 0 ? state.outstanding.length : null,
    approval: state.approval,
    ending: endingOf(state),
    result: state.result,
    error: state.error,
  }
}

function endingOf({ status, error }: CallState): Ending | null {
  if (status === 'succeeded' || status === 'failed' || status === 'cancelled') return { is: status }
  return status === 'skipped' ? { is: 'skipped', because: error?.call ?? 0 } : null
}
