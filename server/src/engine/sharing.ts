import { policyOf } from '@volley/shared/flow/defaults.ts'
import { canonicalJson } from '@volley/shared/lib/json.ts'
import type { Call } from './call.ts'

/** The call whose end another takes over instead of executing, and how the log calls that. */
export interface Shared {
  source: Call
  by: 'adoptedFrom' | 'coalescedWith'
}

/** Which calls need not be executed because an equal one (same tool, same arguments) is or was. */
export function createSharing() {
  const leaders = new Map<string, Call>()
  let adoptable = new Map<string, Call[]>()

  return {
    /** The call to take over from, if there is one; else, where the tool caches, later equal calls will take over from this one. */
    sourceFor(call: Call): Shared | null {
      const key = keyOf(call)
      const broken = adoptable.get(key)?.shift()
      if (broken) return { source: broken, by: 'adoptedFrom' }
      if (!call.readable || policyOf(call.readable.tool).cache !== 'run') return null
      const leader = leaders.get(key)
      if (leader && leader !== call) return { source: leader, by: 'coalescedWith' }
      leaders.set(key, call)
      return null
    },

    /** Calls of a broken try: the next try adopts each once, instead of repeating it. */
    offer(calls: Iterable<Call>) {
      adoptable = Map.groupBy(calls, keyOf)
    },
  }
}

const keyOf = (call: Call) => `${call.toolName} ${canonicalJson(call.arguments)}`
