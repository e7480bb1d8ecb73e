import { closest } from '../../lib/closest.ts'
import { costOfBadCalls, endedWith } from './badCalls.ts'
import type { Finding } from './finding.ts'
import type { TraceFacts } from './traceFacts.ts'
import { numbered } from './words.ts'

/** Calls of tools that do not exist. */
export function unknownTools(facts: TraceFacts): Finding[] {
  return endedWith(facts, ['unknown_tool']).map(([tool, calls]) => {
    const near = closest(tool, [...facts.tools.keys()])
    return {
      code: 'unknown_tool',
      message: `${numbered(calls.map((call) => call.call))} asked for a tool "${tool}", which this flow does not have.`,
      ...costOfBadCalls(calls, facts),
      advice: near
        ? `Did the model mean ${near}? Name the tool in the instructions as it is called, or rename it.`
        : `Add a tool "${tool}", or say in the instructions which tools there are.`,
      evidence: { tool, ...(near ? { closest: near } : {}) },
    }
  })
}
