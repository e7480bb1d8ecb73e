import type { Limits } from '@volley/shared/flow/defaults.ts'
import { err, type Result } from '@volley/shared/lib/result.ts'
import type { PlanGraph } from '@volley/shared/plan/planGraph.ts'
import type { Precedents } from '@volley/shared/plan/reference.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import { limit, UNFINISHED } from './callProblems.ts'
import { type EmittedCall, type ReadableCall, readCall, type ValidateArguments } from './readCall.ts'

export interface MessageCallsOptions {
  limits: Pick<Limits, 'calls' | 'callsPerTurn'>
  graph: PlanGraph
  validate: ValidateArguments
  /** Whether arguments may refer to other calls. */
  mayRefer: boolean
  toolOf: (call: number) => string | undefined
}

/**
 * The calls that the model can see, those of its present message last, and whether one more may be made. A broken try of a message leaves
 * no call in sight, and takes nothing from the limits.
 */
export function createMessageCalls({ limits, graph, validate, mayRefer, toolOf }: MessageCallsOptions) {
  let visible: number[] = []
  let visibleBefore = 0
  let inTurn = 0
  let isOffered = true

  /** Reads a call by what the model could see when it made it. */
  const read = (wanted: Pick<EmittedCall, 'tool' | 'argumentsText'>): Result<ReadableCall, CallProblem> => {
    const precedents: Precedents | null = mayRefer ? { visible, toolOf } : null
    return readCall(wanted, graph, precedents, validate)
  }

  return {
    /** With `again` it is the same turn asked again. Without `mayCall` the model was offered no tools: its calls are not executed. */
    begin({ again = false, mayCall = true }: { again?: boolean; mayCall?: boolean }) {
      isOffered = mayCall
      if (again) visible = visible.slice(0, visibleBefore)
      visibleBefore = visible.length
      inTurn = 0
    },
    read,
    readWithinLimits(wanted: EmittedCall): Result<ReadableCall, CallProblem> {
      inTurn++
      if (!isOffered) return err(limit('This run has used all its turns: no tool was offered any more.'))
      if (inTurn > limits.callsPerTurn)
        return err(
          limit(`One turn may hold ${limits.callsPerTurn} calls, and this one is beyond. Ask for it in the next turn.`),
        )
      if (visible.length >= limits.calls)
        return err(limit(`This run may make ${limits.calls} calls, and this one is beyond. Answer with what is known.`))
      return wanted.complete ? read(wanted) : err(UNFINISHED)
    },
    see: (call: number) => void visible.push(call),
    /** The number of this message's `nth` call, from 1; undefined where there is none. */
    nth: (nth: number): number | undefined => visible[visibleBefore + nth - 1],
  }
}

export type MessageCalls = ReturnType<typeof createMessageCalls>
