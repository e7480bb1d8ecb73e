import type { Flow } from '@volley/shared/flow/flow.ts'
import type { RunEvent, RunFact, Summary } from '@volley/shared/run/events.ts'
import { NO_USAGE } from '@volley/shared/run/usage.ts'
import type { RunSpec } from '../engine/ports.ts'

export const EMPTY_SUMMARY: Summary = {
  elapsedMs: 1,
  serialMs: 1,
  criticalPathMs: 1,
  criticalPath: [],
  speedup: 1,
  maxConcurrency: 0,
  callsPerTurn: 0,
  calls: { total: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 },
}

/** A small document with these tools, all mocks. */
export function aFlow(name = 'Berth plan', tools: string[] = []): Flow {
  return {
    format: 'volley.flow/1',
    name,
    description: '',
    agent: { provider: 'simulated', model: 'simulated-1' },
    tools: tools.map((tool) => ({ name: tool, parameters: { type: 'object' }, run: { kind: 'mock', result: 1 } })),
    edges: [],
    layout: {},
    notes: [],
  }
}

export function aSpec(runId: string, more: Partial<RunSpec> = {}): RunSpec {
  return { runId, flow: aFlow(), origin: { id: null, version: null }, input: 'Report.', variables: {}, ...more }
}

/** Facts as events, numbered on from `first`. */
export function numbered(facts: RunFact[], first = 1): RunEvent[] {
  return facts.map((fact, index) => ({ seq: first + index, at: first + index, ...fact }) as RunEvent)
}

export function started({ runId, flow, origin, input }: RunSpec): RunFact {
  const { provider, model, parallelism = 'graph' } = flow.agent
  return { type: 'run.started', runId, flow: { ...origin, name: flow.name }, input, parallelism, provider, model }
}

export function text(words: string): RunFact {
  return { type: 'text.delta', turn: 1, text: words }
}

export function finished(status: 'succeeded' | 'failed' | 'cancelled' = 'succeeded'): RunFact {
  return { type: 'run.finished', status, output: 'Done.', usage: NO_USAGE, costUsd: null, summary: EMPTY_SUMMARY }
}
