import type { Flow } from '../../flow/flow.ts'
import type { RunState } from '../../run/state.ts'
import { approvalStalls } from './approvalStalls.ts'
import { concurrencyBound } from './concurrencyBound.ts'
import { duplicateCalls } from './duplicateCalls.ts'
import type { Finding } from './finding.ts'
import { invalidArguments } from './invalidArguments.ts'
import { needlessEdges } from './needlessEdge.ts'
import { overCalls } from './overCalls.ts'
import { oversizedResults } from './oversizedResults.ts'
import { prematureDependents } from './prematureDependent.ts'
import { retryCosts } from './retryCosts.ts'
import { serialTurns } from './serialTurns.ts'
import { skippedCalls } from './skippedCalls.ts'
import { stragglers } from './stragglers.ts'
import { traceFacts } from './traceFacts.ts'
import { unknownTools } from './unknownTools.ts'

const RULES = [
  needlessEdges,
  serialTurns,
  concurrencyBound,
  stragglers,
  approvalStalls,
  retryCosts,
  duplicateCalls,
  overCalls,
  prematureDependents,
  oversizedResults,
  unknownTools,
  invalidArguments,
]

/**
 * What can be said of a finished run: every rule's findings, the dearest first. `flow` is the document that ran; `expects` are tools that
 * a case says must be called. A run that goes on has none yet, and a tool tried alone never.
 */
export function findingsOf(
  run: RunState,
  flow: Flow,
  { expects = [] }: { expects?: readonly string[] } = {},
): Finding[] {
  if (run.summary === null || run.trial) return []
  const facts = traceFacts(run, flow)
  return [...RULES.flatMap((rule) => rule(facts)), ...skippedCalls(facts, { expects })].sort(
    (one, other) => other.costMs - one.costMs || other.savesMs - one.savesMs || other.lostTokens - one.lostTokens,
  )
}
