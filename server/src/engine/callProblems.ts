import type { StopReason } from '@volley/shared/run/events.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import type { Call } from './call.ts'
import { FactRefused } from './factSize.ts'

// What the model and the trace are told of calls that end for the engine's reasons.

export const INTERRUPTED: CallProblem = {
  code: 'interrupted',
  message:
    'The server stopped while this call was running, and its tool is not marked as safe to repeat: whether it took effect is unknown.',
}

/** The message ended before the call's arguments were complete. */
export const UNFINISHED: CallProblem = {
  code: 'truncated',
  message:
    'The message ended before the arguments of this call were complete. Ask for it again, in fewer or shorter calls.',
}

export function truncatedBy(stopReason: StopReason): CallProblem {
  const messages: Partial<Record<StopReason, string>> = {
    filter: 'The provider’s content filter ended the message before this call could run.',
    refusal: 'The model refused to go on before this call could run.',
  }
  const atLimit =
    'The message was cut at its token limit before this call could run. Ask for it again, in fewer or shorter calls.'
  return { code: 'truncated', message: messages[stopReason] ?? atLimit }
}

export function spoiled(call: Call): CallProblem {
  const message = `The arguments of ${call.toolName} are not valid JSON: more text follows the closed object.`
  return { code: 'invalid_arguments', message }
}

export function dependencyFailed(cause: Call): CallProblem {
  const message = `Not executed: call ${cause.number} (${cause.toolName}) ${cause.ending?.is ?? 'failed'}, and this call depends on it.`
  return { code: 'dependency_failed', message, call: cause.number }
}

export function denied(reason: string | undefined): CallProblem {
  return { code: 'denied', message: `A person refused this call${reason ? `: ${reason}` : ''}.` }
}

/** A call that Volley itself could not bring to its end. */
export function broken(tool: string, mistake: unknown): CallProblem {
  const why = mistake instanceof FactRefused ? mistake.message : 'a fault of its own, which its log names.'
  return { code: 'internal', message: `Volley could not go on with this call of ${tool}: ${why}` }
}

export const limit = (message: string): CallProblem => ({ code: 'limit', message })
export const cancelled = (message: string): CallProblem => ({ code: 'cancelled', message })
