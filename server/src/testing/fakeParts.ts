import { parseFlow } from '@volley/shared/flow/parse.ts'
import type { RunFact } from '@volley/shared/run/events.ts'
import { NO_USAGE } from '@volley/shared/run/usage.ts'
import type { Documents, Parts } from '../deps.ts'
import type { EventLog, RunSpec, WorkingEngine } from '../engine/ports.ts'
import type { Sandbox } from '../tools/sandbox/sandbox.ts'
import { EMPTY_SUMMARY, numbered, started } from './logEvents.ts'

/** Documents checked for real, but for the schemas of parameters; exports and imports that tell only what they were asked. */
export const fakeDocuments: Documents = {
  parse: (value) => parseFlow(value, { checkSchema: () => [] }),
  curl: ({ name }, given) => (name === 'hidden' ? null : `curl ${name} ${JSON.stringify(given)}`),
  export: (flow, format) => flow.tools.map(({ name }) => ({ name, format })),
  import: (content, { format = 'openai' } = {}) => ({
    format,
    flow: null,
    problems: [{ pointer: '', message: content }],
  }),
}

/**
 * An engine that answers by the input: `wait` goes on until it is cancelled, `fail` fails, `slowly` ends a moment later, anything else
 * is answered at once. A batch ends with no output.
 */
export function fakeEngine(log: EventLog): WorkingEngine & { specs: RunSpec[] } {
  const specs: RunSpec[] = []
  const open = new Map<string, RunSpec>()
  const end = async (spec: RunSpec, status: 'succeeded' | 'failed' | 'cancelled') => {
    open.delete(spec.runId)
    const output = spec.batch ? null : `Answer to ${spec.input}`
    const finish: RunFact = {
      type: 'run.finished',
      status,
      output,
      usage: NO_USAGE,
      costUsd: null,
      summary: EMPTY_SUMMARY,
    }
    const error = { code: 'provider', message: 'The model said no.' }
    await log.append(spec.runId, numbered([status === 'failed' ? { ...finish, error } : finish], 3), status)
  }
  return {
    specs,
    async start(spec) {
      specs.push(spec)
      await log.create(spec, numbered([started(spec), { type: 'turn.started', turn: 1 }]), 'running')
      open.set(spec.runId, spec)
      if (spec.input === 'slowly') setTimeout(() => void end(spec, 'succeeded'), 30)
      else if (spec.input !== 'wait') await end(spec, spec.input === 'fail' ? 'failed' : 'succeeded')
    },
    async resume() {},
    decide: async () => false,
    async cancel(runId) {
      const spec = open.get(runId)
      if (!spec) return false
      await end(spec, 'cancelled')
      return true
    },
    async over() {},
    async letGo(runId) {
      open.delete(runId)
    },
    fail() {},
    async stop() {
      open.clear()
    },
  }
}

/** A sandbox for apps whose tools run no code: it answers null, and finds a fault where the source says so. */
export const fakeSandbox: Sandbox = {
  run: async () => ({ ok: true, result: null }),
  checkSource: async (source) => (source === 'bad' ? [{ line: 1, column: 1, message: 'bad' }] : []),
  close: async () => {},
}

export const fakeParts: Parts = {
  documents: fakeDocuments,
  createModels: () => ({
    find: () => ({ ok: false, error: { code: 'provider', message: 'no models here' } }),
    describe: () => [{ name: 'simulated', label: 'Simulated', available: true, models: ['simulated-1'] }],
  }),
  createMcp: () => ({
    attempt: async () => ({ ok: true, result: null }),
    list: async () => ({ ok: false, error: 'no servers here' }),
    drop: () => {},
    close: async () => {},
  }),
  createSandbox: () => fakeSandbox,
  createTelemetry: async () => null,
  createEngine: ({ log }) => fakeEngine(log),
}
