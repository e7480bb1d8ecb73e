import type { Flow, MockRun, Tool } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { isLiteral } from '@volley/shared/lib/template.ts'
import type { RunSpec } from '../engine/ports.ts'
import { type RecordedFrom, recordedCalls } from './recordedCalls.ts'

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
export async function withMocks(flow: Flow, { id }: RunSpec['origin'], from: RecordedFrom): Promise<Flow> {
  const wanted = new Set(flow.tools.filter(isLive).map(({ name }) => name))
  return mockedFlow(flow, id === null ? new Map() : await lastResults(id, wanted, from))
}

/** The same from what is already known of the tools, by name: nothing is looked up. */
export function mockedFlow(flow: Flow, recorded: ReadonlyMap<string, Recorded> = new Map()): Flow {
  const tools = flow.tools.map((tool) =>
    isLive(tool) ? { ...tool, run: mockOf(tool, recorded.get(tool.name)) } : tool,
  )
  return { ...flow, tools }
}

const isLive = ({ run }: Tool) => run.kind !== 'mock'

/** What each tool last gave in a flow. */
async function lastResults(flowId: string, wanted: ReadonlySet<string>, from: RecordedFrom) {
  const found = new Map<string, Recorded>()
  for await (const { status, tool, result, durationMs } of recordedCalls(flowId, MOST_RUNS, from)) {
    if (status !== 'succeeded' || !wanted.has(tool) || found.has(tool) || !isLiteral(result)) continue
    found.set(tool, { result, durationMs: durationMs ?? 0 })
    if (found.size === wanted.size) break
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
