import { isEqualJson } from '../../lib/json.ts'
import type { CallState } from '../../run/state.ts'
import { clauseCure } from './cure.ts'
import type { Finding } from './finding.ts'
import { isReading } from './isReading.ts'
import { argumentsOf, type TraceFacts } from './traceFacts.ts'
import { numbered, seconds, tokenCount } from './words.ts'

/** Calls that only read and whose results stand in no later argument and not in the answer. */
export function overCalls(facts: TraceFacts): Finding[] {
  const { run } = facts
  if (run.status !== 'succeeded' || (run.output ?? '').trim() === '') return []
  const unused = run.calls.filter((call) => isUnused(call, facts))
  return [...Map.groupBy(unused, (call) => call.tool)].map(([tool, calls]) => {
    const numbers = calls.map((call) => call.call)
    const spentMs = Math.round(calls.reduce((sum, call) => sum + (call.durationMs ?? 0), 0))
    const savesMs = Math.round(facts.gain({ without: new Set(numbers) }))
    return {
      code: 'over_call',
      message: `Nothing of what ${tool} ${numbered(numbers)} found stands in a later argument or in the answer.`,
      calls: numbers,
      costMs: spentMs,
      savesMs,
      lostTokens: calls.reduce((sum, call) => sum + tokenCount(argumentsOf(call)) + tokenCount(call.result), 0),
      advice: `Tell the model to call ${tool} only for what the answer needs${savesMs > 0 ? `: without ${calls.length === 1 ? 'this call' : 'these calls'} the run ends ${seconds(savesMs)} sooner` : ''}.`,
      evidence: { arguments: calls.slice(0, 5).map(argumentsOf) },
      ...clauseCure(facts.flow, 'only-needed'),
    }
  })
}

function isUnused(call: CallState, facts: TraceFacts): boolean {
  const tool = facts.tools.get(call.tool)
  if (call.status !== 'succeeded' || !tool || !isReading(tool)) return false
  if (call.coalescedWith !== undefined || call.adoptedFrom !== undefined) return false
  if (facts.isAnswered(call) !== false) return false
  // What a call gates is a use of it, too: the calls after it would not have been made, or not so. One that is asked again watches.
  return !facts.run.calls.some(
    (later) =>
      later.call !== call.call &&
      (later.waitsFor.includes(call.call) ||
        isAskedAgain(call, later) ||
        (later.turn > call.turn && facts.uses(later, call))),
  )
}

const isAskedAgain = (call: CallState, later: CallState) =>
  later.turn > call.turn && later.tool === call.tool && isEqualJson(argumentsOf(later), argumentsOf(call))
