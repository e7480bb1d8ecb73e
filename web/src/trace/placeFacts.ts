import type { CallState } from '@volley/shared/run/state.ts'
import { endOf } from '@volley/shared/trace/span.ts'
import { waitSpans } from '@volley/shared/trace/waiting.ts'
import type { Known } from './chart/ChartRow.tsx'
import { duration } from './format.ts'
import { waitWords } from './words.ts'

/** What is told of a call: a name and what it is. */
export type CallFact = [string, string]

/** What decided over a call's time beyond other calls: the limit that kept it in line, and how much longer it could have taken. */
export function placeFacts(call: CallState, { run, holds, slack, critical }: Known): CallFact[] {
  const hold = holds.get(call.call)
  const inLine = (hold || call.heldBy) && waitSpans(call, run).find(({ why }) => why === 'place')
  const facts: CallFact[] = []
  if (inLine) {
    const [words = ''] = waitWords('place', call, hold)
    facts.push(['Stood in line', `${duration(endOf(inLine, run.at) - inLine.from)}, ${words}`])
  }
  const slackMs = slack.get(call.call)
  if (critical.has(call.call)) facts.push(['Slack', 'none: it is on the critical path'])
  else if (slackMs !== undefined)
    facts.push(['Slack', slackMs < 1 ? 'none' : `${duration(slackMs)} longer, and the run had ended no later`])
  return facts
}
