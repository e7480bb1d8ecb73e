import { answerParent } from '../asking.ts'
import type { Execution } from '../check.ts'
import { toolNames } from '../flowOf.ts'
import { type CallArguments, type Fault, type Job, resultOf } from '../plan.ts'
import type { Outcome } from '../system.ts'
import type { Peer } from './peer.ts'

// A peer as a process of its own: told what to prepare and what to run by the one that measures.

const name = process.argv[2] ?? ''
const peer = await load()
let runOnce: ((model: string) => Promise<string>) | undefined
let executions = new Map<string, Execution[]>()

answerParent({
  prepare({ job, world, toolTimeoutMs }: { job: Job; world: string; toolTimeoutMs?: number }) {
    executions = new Map(job.keys.map((key) => [key, []]))
    const execute = job.tools === 'http' ? executeOverHttp(job, world) : executeByTimer(job)
    const tools = toolNames(job.plan).map((tool) => ({
      name: tool,
      description: `The tool ${tool}.`,
      execute: (given: unknown, signal?: AbortSignal) => execute(tool, given as CallArguments, signal),
    }))
    runOnce = peer({
      baseURL: `${world}/v1`,
      tools,
      ...(toolTimeoutMs === undefined ? {} : { toolTimeoutMs }),
    })
  },
  run: (keys: string[]) => Promise.all(keys.map(run)),
})
process.on('disconnect', () => process.exit())
// A rejection that a library leaves behind must not end the measure of what else it does.
process.on('unhandledRejection', () => {})
process.on('uncaughtException', () => {})

async function run(key: string): Promise<Outcome> {
  const began = performance.now()
  try {
    const text = (await runOnce?.(key)) ?? ''
    return {
      elapsedMs: performance.now() - began,
      answer: text === '' ? null : text,
      executions: executions.get(key) ?? [],
    }
  } catch (error) {
    return {
      elapsedMs: performance.now() - began,
      answer: null,
      error: error instanceof Error ? error.message : String(error),
      executions: executions.get(key) ?? [],
    }
  }
}

function executeOverHttp({ plan }: Job, world: string) {
  const faults = new Map(plan.calls.map((call) => [call.n, call.fault]))
  return async (tool: string, given: CallArguments, signal?: AbortSignal): Promise<object> => {
    const mayAbort = signal && faults.get(given.n) !== 'ignores'
    const response = await fetch(`${world}/tools/${tool}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
      ...(mayAbort ? { signal } : {}),
    })
    if (!response.ok) throw new Error(`${tool} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as object
  }
}

function executeByTimer({ plan }: Job) {
  const calls = new Map(plan.calls.map((call) => [call.n, call]))
  return async (_tool: string, given: CallArguments, signal?: AbortSignal): Promise<object> => {
    const call = calls.get(given.n)
    const execution: Execution = { n: given.n, inputs: given.inputs, startedAt: performance.now(), endedAt: null }
    executions.get(given.job)?.push(execution)
    if (call?.fault) await breakAs(call.fault, signal)
    await new Promise((resolve) => setTimeout(resolve, call?.durationMs ?? 0))
    execution.endedAt = performance.now()
    return resultOf(given.n)
  }
}

function breakAs(fault: Fault, signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (fault === 'throws') reject(new Error('the tool is broken'))
    if (fault === 'hangs') signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
}

async function load(): Promise<Peer> {
  if (name === 'ai') return (await import('./ai.ts')).ai
  if (name === 'agents') return (await import('./agents.ts')).agents
  if (name === 'langgraph') return (await import('./langgraph.ts')).langgraph
  throw new Error(`there is no peer "${name}"`)
}
