import type { Flow, MockRun, Tool } from '@volley/shared/flow/flow.ts'
import { canonicalJson, isObject, type Json } from '@volley/shared/lib/json.ts'
import { isLiteral } from '@volley/shared/lib/template.ts'
import { type CallState, runFromEvents } from '@volley/shared/run/state.ts'
import type { EventLog, RunSpec } from '../engine/ports.ts'
import type { Runs } from '../store/runs.ts'

export interface RecordedFrom {
  runs: Pick<Runs, 'list'>
  log: Pick<EventLog, 'read'>
}

/** The calls that tools of a flow really answered in its last runs, the newest first. Runs that were mocked tell nothing. */
export async function* recordedCalls(
  flowId: string,
  mostRuns: number,
  { runs, log }: RecordedFrom,
): AsyncGenerator<CallState> {
  for (const { id, mocked } of await runs.list({ flowId, limit: mostRuns, withEvals: true })) {
    if (mocked) continue
    for (const call of runFromEvents(await log.read(id, 0)).calls.toReversed())
      if (call.adoptedFrom === undefined && call.coalescedWith === undefined) yield call
  }
}

const MOST_RUNS = 300
const MOST_CASES = 2000

/**
 * The flow with a mock in place of every tool that is none: for equal arguments each gives what was last recorded in this flow, failures of
 * the tool's own included, after as long; for others it fails and says so.
 */
export async function withRecorded(flow: Flow, { id }: RunSpec['origin'], from: RecordedFrom): Promise<Flow> {
  const wanted = new Set(flow.tools.filter(({ run }) => run.kind !== 'mock').map(({ name }) => name))
  if (wanted.size === 0) return flow
  const byTool = new Map<string, Map<string, RecordedCase>>([...wanted].map((name) => [name, new Map()]))
  if (id !== null)
    for await (const call of recordedCalls(id, MOST_RUNS, from)) {
      const cases = byTool.get(call.tool)
      const recorded = cases && caseOf(call)
      if (!recorded || cases.size >= MOST_CASES) continue
      const key = canonicalJson(recorded.when)
      if (!cases.has(key)) cases.set(key, recorded)
    }
  return {
    ...flow,
    tools: flow.tools.map((tool) => (wanted.has(tool.name) ? { ...tool, run: mockOf(tool, byTool) } : tool)),
  }
}

type RecordedCase = NonNullable<MockRun['cases']>[number]

function caseOf({ status, arguments: given, result, error, durationMs }: CallState): RecordedCase | null {
  if (!isObject(given)) return null
  const when = given as Record<string, Json>
  const latencyMs = Math.round(durationMs ?? 0)
  if (status === 'succeeded' && isLiteral(result)) return { when, result: result as Json, latencyMs }
  if (status === 'failed' && error?.code === 'tool_error' && isLiteral(error.message))
    return { when, error: error.message, latencyMs }
  return null
}

function mockOf({ name }: Tool, byTool: ReadonlyMap<string, ReadonlyMap<string, RecordedCase>>): MockRun {
  // A case counts where its arguments are among those given: of two that do, the one that names more is the equal one.
  const cases = [...(byTool.get(name)?.values() ?? [])].sort(
    (one, other) => Object.keys(other.when).length - Object.keys(one.when).length,
  )
  return {
    kind: 'mock',
    error: `Nothing was recorded of "${name}" for these arguments: run it live once.`,
    ...(cases.length > 0 ? { cases } : {}),
  }
}
