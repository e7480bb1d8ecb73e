import type { Flow, MockRun, Tool } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { isLiteral } from '@volley/shared/lib/template.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import type { EventLog, RunSpec } from '../engine/ports.ts'
import type { Runs } from '../store/runs.ts'

/** What a tool last gave, and how long it took. */
export interface Recorded {
  result: unknown
  durationMs: number
}

const MOST_RUNS = 20
const USUAL_MS = 300

/**
 * The flow with a mock in place of every tool that is none, so that a run does nothing but takes its usual time: each gives what it last gave
 * in this flow, after as long; one that was never called says that it is a mock, and repeats its arguments.
 */
export async function withMocks(
  flow: Flow,
  { id }: RunSpec['origin'],
  { runs, log }: { runs: Pick<Runs, 'list'>; log: Pick<EventLog, 'read'> },
): Promise<Flow> {
  const wanted = new Set(flow.tools.filter(({ run }) => run.kind !== 'mock').map(({ name }) => name))
  const recorded = id === null ? new Map<string, Recorded>() : await lastResults(id, wanted, { runs, log })
  return {
    ...flow,
    tools: flow.tools.map((tool) =>
      wanted.has(tool.name) ? { ...tool, run: mockOf(tool, recorded.get(tool.name)) } : tool,
    ),
  }
}

/** Looks through the last runs of a flow, newest first; those that were mocked tell nothing. */
async function lastResults(
  flowId: string,
  wanted: ReadonlySet<string>,
  { runs, log }: { runs: Pick<Runs, 'list'>; log: Pick<EventLog, 'read'> },
): Promise<Map<string, Recorded>> {
  const found = new Map<string, Recorded>()
  for (const { id, mocked } of await runs.list({ flowId, limit: MOST_RUNS })) {
    if (found.size === wanted.size) break
    if (mocked) continue
    for (const call of runFromEvents(await log.read(id, 0)).calls.toReversed()) {
      const isOwn = call.status === 'succeeded' && call.adoptedFrom === undefined && call.coalescedWith === undefined
      if (!isOwn || !wanted.has(call.tool) || found.has(call.tool) || !isLiteral(call.result)) continue
      found.set(call.tool, { result: call.result, durationMs: call.durationMs ?? 0 })
    }
  }
  return found
}

function mockOf({ name, parameters }: Tool, recorded: Recorded | undefined): MockRun {
  if (recorded)
    return {
      kind: 'mock',
      result: recorded.result as NonNullable<MockRun['result']>,
      latencyMs: Math.round(recorded.durationMs),
    }
  const names = Object.keys(isObject(parameters.properties) ? parameters.properties : {}).filter(
    (one) => !/[{}]/.test(one),
  )
  const given = Object.fromEntries(names.map((one) => [one, `{{${one}}}`]))
  return {
    kind: 'mock',
    result: { mock: `"${name}" was not called: this run mocks all tools.`, arguments: given },
    latencyMs: USUAL_MS,
  }
}
