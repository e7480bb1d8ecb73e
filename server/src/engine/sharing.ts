import { policyOf } from '@volley/shared/flow/defaults.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
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

    /** An executed call of the log, before the server went down: where its tool caches, later equal calls take over from it. */
    remember(call: Call, tool: Tool) {
      if (policyOf(tool).cache === 'run' && !leaders.has(keyOf(call))) leaders.set(keyOf(call), call)
    },

    /** A call that will never be executed: the next equal one is, in its place. */
    forget(call: Call) {
      if (call.arguments && leaders.get(keyOf(call)) === call) leaders.delete(keyOf(call))
    },

    /** Calls of a broken try: the next try adopts each once, instead of repeating it. */
    offer(calls: Iterable<Call>) {
      adoptable = Map.groupBy(calls, keyOf)
    },
  }
}

export type Sharing = ReturnType<typeof createSharing>

const keyOf = (call: Call) => `${call.toolName} ${canonicalJson(call.arguments)}`
