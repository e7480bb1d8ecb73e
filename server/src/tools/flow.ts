import type { Flow, flowRunSchema } from '@volley/shared/flow/flow.ts'
import { asText } from '@volley/shared/lib/template.ts'
import type { RunEventOf } from '@volley/shared/run/events.ts'
import type { z } from 'zod'
import type { EventLog, RunSpec, ToolOutcome } from '../engine/ports.ts'
import { createNestedRuns, MOST_NESTED_RUNS } from './nestedRuns.ts'
import { type Attempt, argumentOf, CANCELLED, toolError } from './outcomes.ts'

// Another saved flow as one tool. Invariants:
// 1. The inner run is a run of its own in the log; the outer call names it before it exists, so that a call that is executed again (after a
//    crash) takes up the inner run it began instead of beginning another.
// 2. It is stopped with the outer call, no run is nested deeper than MOST_NESTED, and no run leads to more than `nestedRuns.ts` allows.

const MOST_NESTED = 8

/** What running another flow takes. */
export interface FlowRuns {
  /** A saved flow in its newest version; a sentence where there is none that can be run. */
  find(flowId: string): Promise<{ flow: Flow; version: number } | { fault: string }>
  spec(runId: string): Promise<RunSpec | null>
  log: Pick<EventLog, 'read' | 'tail'>
  start(spec: RunSpec): Promise<void>
  cancel(runId: string): Promise<boolean>
  runId(): string
}

/** Runs another flow (contract 2, `flow`): its input is the argument `input`, its result the final text. Null: there is no store. */
export function createFlow(runs: FlowRuns | null): Attempt<z.output<typeof flowRunSchema>> {
  const nested = createNestedRuns()
  return async ({ run: { flow: flowId }, arguments: given, idempotencyKey, tell }, signal): Promise<ToolOutcome> => {
    if (!runs)
      return toolError(`The flow "${flowId}" cannot be run here: saved flows are kept by a server. Run it there.`)
    const input = argumentOf(given, 'input')
    if (input === undefined)
      return {
        ok: false,
        code: 'invalid_arguments',
        message: 'The argument "input" is missing: it is what the flow is asked.',
        retry: false,
      }

    const caller = callerOf(idempotencyKey)
    const before = await nestedBefore(caller, runs)
    if (before !== null) return follow(before, flowId, runs, signal)

    const outer = (await runs.spec(caller.run))?.parent
    const depth = (outer?.depth ?? 0) + 1
    const root = outer?.root ?? outer?.run ?? caller.run
    if (depth > MOST_NESTED)
      return toolError(
        `The flow "${flowId}" was not run: it would be nested deeper than ${MOST_NESTED} flows. Let them call each other less deeply.`,
      )
    const found = await runs.find(flowId)
    if ('fault' in found) return toolError(found.fault)
    if (!nested.count(root))
      return {
        ok: false,
        code: 'limit',
        message: `The flow "${flowId}" was not run: one run may lead to ${MOST_NESTED_RUNS} runs of other flows, at all depths together. Let fewer calls run flows.`,
        retry: false,
      }
    const leave = await nested.place(depth, signal)
    if (!leave) return CANCELLED
    try {
      const runId = runs.runId()
      tell?.({ type: 'call.nested', runId })
      await runs.start({
        runId,
        flow: found.flow,
        origin: { id: flowId, version: found.version },
        input: asText(input),
        variables: { ...found.flow.agent.variables },
        parent: { ...caller, depth, root },
      })
      return await follow(runId, flowId, runs, signal)
    } finally {
      leave()
    }
  }
}

/** Waits for the inner run's end, and stops it when the call is stopped. */
async function follow(runId: string, flowId: string, runs: FlowRuns, signal: AbortSignal): Promise<ToolOutcome> {
  const stop = () => void runs.cancel(runId)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const events of runs.log.tail(runId, 0, signal)) {
      const end = events.find((event) => event.type === 'run.finished')
      if (end) return outcomeOf(end, runId, flowId)
    }
    return CANCELLED
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function outcomeOf({ status, output, error }: RunEventOf<'run.finished'>, runId: string, flowId: string): ToolOutcome {
  if (status === 'succeeded') return { ok: true, result: output ?? '' }
  return toolError(
    `The flow "${flowId}" ${status === 'failed' ? 'failed' : 'was cancelled'} in run ${runId}: ${error?.message ?? 'no reason is known.'}`,
  )
}

/** The inner run that an earlier attempt began and that was not cancelled; null when there is none. */
async function nestedBefore(caller: { run: string; call: number }, { log }: FlowRuns): Promise<string | null> {
  const named = (await log.read(caller.run, 0)).findLast(
    (event): event is RunEventOf<'call.nested'> => event.type === 'call.nested' && event.call === caller.call,
  )
  if (!named) return null
  const inner = await log.read(named.runId, 0)
  const end = inner.at(-1)
  const isCancelled = end?.type === 'run.finished' && end.status === 'cancelled'
  return inner.length === 0 || isCancelled ? null : named.runId
}

function callerOf(idempotencyKey: string): { run: string; call: number } {
  const at = idempotencyKey.lastIndexOf(':')
  return { run: idempotencyKey.slice(0, at), call: Number(idempotencyKey.slice(at + 1)) }
}
