import { canonicalJson, isEqualJson } from '../../lib/json.ts'
import type { CallState } from '../../run/state.ts'
import { clauseCure } from './cure.ts'
import type { Finding } from './finding.ts'
import { isReading } from './isReading.ts'
import { argumentsOf, type TraceFacts } from './traceFacts.ts'
import { numbered, seconds, tokenCount } from './words.ts'

/** The same tool with the same arguments again, though the first call had succeeded or was still under way. */
export function duplicateCalls(facts: TraceFacts): Finding[] {
  const groups = Map.groupBy(
    facts.run.calls.filter((call) => call.startedAt !== null || call.status === 'succeeded'),
    (call) => `${call.tool} ${canonicalJson(argumentsOf(call))}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const again = group.filter((call, at) => isRepeat(call, group.slice(0, at), facts))
    if (!first || again.length === 0) return []
    const numbers = again.map((call) => call.call)
    const tool = facts.tools.get(first.tool)
    const spentMs = Math.round(again.reduce((sum, call) => sum + (call.durationMs ?? 0), 0))
    const savesMs = Math.round(facts.gain({ without: new Set(numbers) }))
    const mayCache = tool !== undefined && isReading(tool) && tool.policy?.cache !== 'run'
    return [
      {
        code: 'duplicate_calls',
        message: `${first.tool} ${numbered(numbers)} asked for the same as #${first.call}.`,
        calls: [first.call, ...numbers],
        costMs: spentMs,
        savesMs,
        lostTokens: again.reduce((sum, call) => sum + tokenCount(argumentsOf(call)) + tokenCount(call.result), 0),
        advice: mayCache
          ? `Set the cache of ${first.tool} to "run": equal calls then execute once${savesMs > 0 ? `, and this run ends ${seconds(savesMs)} sooner` : ''}.`
          : `Tell the model not to repeat a call whose result it has${tool && !isReading(tool) ? `; ${first.tool} changes something, so a repeat may have done it twice` : ''}.`,
        evidence: { arguments: argumentsOf(first), times: group.length },
        ...(mayCache
          ? { cure: { change: 'set_cache', tool: first.tool, cache: 'run' } }
          : clauseCure(facts.flow, 'no-repeats')),
      },
    ]
  })
}

/**
 * A call after one that failed tries again; one that shares or takes over a result executes nothing; one that only reads and reads
 * something else than before watches something that changes.
 */
function isRepeat(call: CallState, before: readonly CallState[], { tools }: TraceFacts): boolean {
  if (call.coalescedWith !== undefined || call.adoptedFrom !== undefined) return false
  const tool = tools.get(call.tool)
  const reads = tool !== undefined && isReading(tool)
  return before.some((one) => {
    if (one.status !== 'succeeded') return one.turn === call.turn && one.status === 'running'
    if (call.status !== 'succeeded' || isEqualJson(one.result, call.result)) return true
    const takesArguments = Object.keys((argumentsOf(call) ?? {}) as object).length > 0
    return !reads && takesArguments
  })
}
