import { type Job, type Plan, resultOf } from './plan.ts'
import type { Format } from './wire.ts'

export interface FlowOptions {
  provider?: Format
  /** A limit for each attempt of a call. */
  toolTimeoutMs?: number
}

/** The flow document of a job: a tool for each of the plan's, an edge wherever a call depends on one of another tool. */
export function flowOf(job: Job, world: string, { provider = 'openai-chat', toolTimeoutMs }: FlowOptions = {}): object {
  const { plan } = job
  const most = Math.max(200, plan.calls.length)
  return {
    format: 'volley.flow/1',
    name: `Bench ${plan.name}`,
    agent: {
      provider,
      model: 'named by the run',
      system: 'You do what the plan says.',
      parallelism: 'graph',
      limits: { calls: most, callsPerTurn: most, concurrency: most },
    },
    tools: toolNames(plan).map((name) => ({
      name,
      description: `The tool ${name}.`,
      parameters: PARAMETERS,
      run: job.tools === 'http' ? { kind: 'http', method: 'POST', url: `${world}/tools/${name}` } : mock(plan, name),
      annotations: { readOnlyHint: true, destructiveHint: false },
      policy: { retries: 0, ...(toolTimeoutMs === undefined ? {} : { timeoutMs: toolTimeoutMs }) },
    })),
    edges: edgesOf(plan).map(([from, to]) => ({ from, to, kind: plan.edges })),
  }
}

/** What every tool takes, here and in the peers. */
export const PARAMETERS = {
  type: 'object',
  properties: {
    job: { type: 'string' },
    n: { type: 'integer' },
    inputs: { type: 'array', items: { type: 'string' } },
  },
  required: ['job', 'n', 'inputs'],
  additionalProperties: false,
}

/** The tools a plan uses, each once. */
export const toolNames = (plan: Plan) => [...new Set(plan.calls.map((call) => call.tool))]

function edgesOf(plan: Plan): [string, string][] {
  const tools = new Map(plan.calls.map((call) => [call.n, call.tool]))
  const edges = new Map<string, [string, string]>()
  for (const call of plan.calls)
    for (const dep of call.deps) {
      const from = tools.get(dep) as string
      edges.set(`${from} ${call.tool}`, [from, call.tool])
    }
  return [...edges.values()]
}

/** A timer as a tool: all calls alike, or a case for each. */
function mock(plan: Plan, name: string): object {
  const calls = plan.calls.filter((call) => call.tool === name)
  const latencies = new Set(calls.map((call) => call.durationMs))
  const result = { n: '{{n}}', value: 'value-{{n}}' }
  if (latencies.size === 1) return { kind: 'mock', result, latencyMs: [...latencies][0] }
  const cases = calls.map((call) => ({ when: { n: call.n }, result: resultOf(call.n), latencyMs: call.durationMs }))
  return { kind: 'mock', result, cases }
}
