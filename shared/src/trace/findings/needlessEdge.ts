import type { Edge } from '../../flow/flow.ts'
import type { CallState } from '../../run/state.ts'
import type { Cure } from './cure.ts'
import type { Finding } from './finding.ts'
import { isReading } from './isReading.ts'
import { isGuess } from './prematureDependent.ts'
import type { TraceFacts } from './traceFacts.ts'
import { seconds } from './words.ts'

/**
 * An edge that made calls wait though nothing of its source was used, where the order cannot matter: both tools only read, or the edge
 * is there for values alone.
 */
export function needlessEdges(facts: TraceFacts): Finding[] {
  return facts.flow.edges.flatMap((edge) => {
    const [from, to] = [facts.tools.get(edge.from), facts.tools.get(edge.to)]
    if (!from || !to || from === to) return []
    if (edge.kind === 'order' && !(isReading(from) && isReading(to))) return []
    const pairs = pairsAlong(edge, facts)
    if (pairs.length === 0 || pairs.some(({ call, sources }) => isNeeded(edge, call, sources, facts))) return []
    const heldMs = Math.round(Math.max(...pairs.map(({ call, sources }) => heldBy(call, sources))))
    if (heldMs < LEAST_MS) return []
    const cure: Cure = { change: 'remove_edge', from: edge.from, to: edge.to, kind: edge.kind }
    const savesMs = Math.round(facts.gainOf(cure))
    const calls = pairs.map(({ call }) => call.call)
    return [
      {
        code: 'needless_edge',
        message: `The edge ${edge.from} → ${edge.to} held ${calls.length === 1 ? `call #${calls[0]}` : `${calls.length} calls`} for up to ${seconds(heldMs)}, and no argument used a result of ${edge.from}.`,
        calls,
        costMs: savesMs,
        savesMs,
        lostTokens: 0,
        advice:
          savesMs > 0
            ? `Remove the edge: without it this run ends ${seconds(savesMs)} sooner.`
            : 'Remove the edge: it held these calls back, though other work took longer in this run.',
        edge: { from: edge.from, to: edge.to },
        evidence: {
          kind: edge.kind,
          heldMs,
          waitedFor: [...new Set(pairs.flatMap(({ sources }) => sources.map((source) => source.call)))],
        },
        cure,
      },
    ]
  })
}

const LEAST_MS = 10

/** The calls that waited along the edge, with the calls of its source that they waited for. */
function pairsAlong(edge: Edge, { run }: TraceFacts): { call: CallState; sources: CallState[] }[] {
  return run.calls.flatMap((call) => {
    if (call.tool !== edge.to || call.startedAt === null) return []
    const sources = call.waitsFor
      .map((number) => run.calls[number - 1])
      .filter((source): source is CallState => source?.tool === edge.from && source.turn === call.turn)
    return sources.length > 0 ? [{ call, sources }] : []
  })
}

/** A reference needs the edge; so does a value that was guessed, for want of one. */
function isNeeded(edge: Edge, call: CallState, sources: readonly CallState[], facts: TraceFacts): boolean {
  const references = facts.references(call)
  return sources.some((source) => references.includes(source.call)) || isGuess(edge, call, facts)
}

/** How long a call stood still for these sources alone: from the last end of everything else it waited for to their last end. */
function heldBy(call: CallState, sources: readonly CallState[]): number {
  const last = Math.max(...sources.map((source) => source.finishedAt ?? 0))
  return Math.max(0, Math.min(last, call.startedAt ?? last) - call.emittedAt)
}
