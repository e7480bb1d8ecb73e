import type { Edge } from '@volley/shared/flow/flow.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { edgeKey } from '../state/sessionStore.ts'

/** So long after it began a call counts as just let go. It is the run's own time, so a look back sees the same. */
const FRESH_MS = 500

/**
 * The edges along which the end of a call has just let another begin, by their keys, each with the latest call that began so. Across
 * a tool that was not called the whole way of edges counts. Nothing moves in a run that has ended.
 */
export function releasesIn(run: RunState | null, edges: readonly Edge[]): ReadonlyMap<string, number> {
  if (!run || run.summary !== null || edges.length === 0) return NONE
  const releases = new Map<string, number>()
  for (const call of run.calls) {
    if (call.startedAt === null || run.at - call.startedAt > FRESH_MS || call.waitsFor.length === 0) continue
    const releaser = lastToEnd(run, call.waitsFor)
    if (releaser === null) continue
    const isCalled = (tool: string) => run.calls.some((other) => other.turn === call.turn && other.tool === tool)
    for (const edge of wayBack(call.tool, releaser, edges, isCalled)) releases.set(edgeKey(edge), call.call)
  }
  return releases
}

const NONE: ReadonlyMap<string, number> = new Map()

/** The tool of the call that ended last among those waited for. */
function lastToEnd(run: RunState, waitsFor: readonly number[]): string | null {
  const ended = waitsFor.flatMap((number) => run.calls[number - 1] ?? []).filter((call) => call.finishedAt !== null)
  const last = ended.reduce<(typeof ended)[number] | null>(
    (latest, call) => (latest && (latest.finishedAt ?? 0) > (call.finishedAt ?? 0) ? latest : call),
    null,
  )
  return last?.tool ?? null
}

/** The edges from `from` to `to`: one, or the shortest way of several over tools without calls. */
function wayBack(to: string, from: string, edges: readonly Edge[], isCalled: (tool: string) => boolean): Edge[] {
  const ways = new Map<string, Edge[]>([[to, []]])
  for (const [tool, way] of ways)
    for (const edge of edges) {
      if (edge.to !== tool) continue
      if (edge.from === from) return [edge, ...way]
      if (!ways.has(edge.from) && !isCalled(edge.from)) ways.set(edge.from, [edge, ...way])
    }
  return []
}
