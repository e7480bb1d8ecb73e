import { costOfBadCalls, endedWith } from './badCalls.ts'
import type { Finding } from './finding.ts'
import type { TraceFacts } from './traceFacts.ts'
import { numbered } from './words.ts'

/** Calls whose arguments could not be used: no JSON, against the schema, or references that lead nowhere. */
export function invalidArguments(facts: TraceFacts): Finding[] {
  return endedWith(facts, ['invalid_arguments', 'invalid_reference']).map(([tool, calls]) => ({
    code: 'invalid_arguments',
    message: `${tool} ${numbered(calls.map((call) => call.call))} could not run: ${calls[0]?.error?.message ?? 'its arguments do not fit.'}`,
    ...costOfBadCalls(calls, facts),
    advice: `Say in the descriptions of ${tool}'s parameters what they take, with an example; a simpler schema helps, too.`,
    evidence: { reasons: [...new Set(calls.map((call) => call.error?.message ?? ''))].slice(0, 5) },
  }))
}
