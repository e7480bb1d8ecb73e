import { canonicalJson } from '@volley/shared/lib/json.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'

/** One call as several runs made it: the same tool with the same arguments, the same time over. */
export interface SharedCall {
  tool: string
  arguments: unknown
  /** By run: the number of its call; null where it made none such. */
  calls: (number | null)[]
}

/**
 * The calls of runs beside one another, in the order in which the runs first made them. Calls are the same where tool and resolved arguments
 * are (in any order of keys); of several equal ones of a run the nth goes with the nth.
 */
export function alignCalls(runs: readonly Pick<RunState, 'calls'>[]): SharedCall[] {
  const shared = new Map<string, SharedCall>()
  for (const [lane, run] of runs.entries()) {
    const seen = new Map<string, number>()
    for (const call of run.calls) {
      const equal = `${call.tool} ${canonicalJson(argumentsOf(call))}`
      const nth = (seen.get(equal) ?? 0) + 1
      seen.set(equal, nth)
      const key = `${equal} ${nth}`
      const known = shared.get(key) ?? { tool: call.tool, arguments: argumentsOf(call), calls: runs.map(() => null) }
      known.calls[lane] = call.call
      shared.set(key, known)
    }
  }
  return [...shared.values()]
}

/** The numbers of the calls of one run that not every other run made. */
export function ownCalls(shared: readonly SharedCall[], lane: number): ReadonlySet<number> {
  return new Set(
    shared.flatMap(({ calls }) => {
      const own = calls[lane]
      return own != null && calls.includes(null) ? [own] : []
    }),
  )
}

/** As they were resolved; a call that never began has those that the model sent. */
const argumentsOf = (call: CallState): unknown => call.arguments ?? call.emittedArguments
