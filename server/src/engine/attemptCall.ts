import { policyOf } from '@volley/shared/flow/defaults.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import type { Abort } from './abort.ts'
import { backoffMs, mayRetryAfter, pause } from './backoff.ts'
import type { Journal } from './journal.ts'
import type { Clock, Randomness, ToolOutcome, ToolRunner } from './ports.ts'

// Executes one call: its attempts, their time limits, the pauses between them. Invariants:
// 1. No attempt begins before its `call.started` is durable.
// 2. An attempt ends at its time limit or at the abort, whether or not the tool notices; what it says later is not heard.
// 3. Only faults that a tool calls worth a retry are retried, and only as often as the policy says.

export interface ExecutableCall {
  runId: string
  call: number
  tool: Tool
  arguments: Record<string, unknown>
  eager: boolean
  /** All calls it waited for. */
  after: number[]
  /** Attempts made before this server took the run over. */
  attemptsBefore: number
}

export type CallEnd = { ok: true; result: unknown } | { ok: false; error: CallProblem }

export interface AttemptPorts {
  journal: Journal
  tools: ToolRunner
  clock: Clock
  randomness: Randomness
  onMistake(mistake: unknown): void
}

/** Resolves with the call's end, or null when it was aborted: then the one who aborted says how it ended. */
export async function attemptCall(call: ExecutableCall, ports: AttemptPorts, abort: Abort): Promise<CallEnd | null> {
  const { journal, clock, randomness } = ports
  const { retries } = policyOf(call.tool)
  for (let tries = 1; ; tries++) {
    const attempt = call.attemptsBefore + tries
    journal.write({
      type: 'call.started',
      call: call.call,
      attempt,
      arguments: call.arguments,
      eager: call.eager && tries === 1,
      ...(call.after.length > 0 ? { after: call.after } : {}),
    })
    await journal.stored()
    if (abort.isAborted) return null
    const outcome = await attemptOnce(call, ports, abort)
    if (outcome === null) return null
    if (outcome.ok) return { ok: true, result: outcome.result ?? null }
    const error: CallProblem = { code: outcome.code, message: outcome.message }
    if (!outcome.retry || tries > retries || !mayRetryAfter(outcome.retryAfterMs)) return { ok: false, error }
    const delayMs = backoffMs(tries, randomness, outcome.retryAfterMs)
    journal.write({ type: 'call.retrying', call: call.call, attempt, error, delayMs })
    if (!(await pause(delayMs, clock, abort))) return null
  }
}

async function attemptOnce(call: ExecutableCall, ports: AttemptPorts, abort: Abort): Promise<ToolOutcome | null> {
  const { timeoutMs } = policyOf(call.tool)
  const attempt = new AbortController()
  return new Promise((resolve) => {
    const end = (outcome: ToolOutcome | null) => {
      cancelTimer()
      forget()
      resolve(outcome)
    }
    const stop = () => {
      attempt.abort()
      end(null)
    }
    const cancelTimer = ports.clock.after(timeoutMs, () => {
      attempt.abort()
      end({
        ok: false,
        code: 'timeout',
        message: `${call.tool.name} gave no answer within ${timeoutMs} ms. Raise its time limit or make it quicker.`,
        retry: true,
      })
    })
    const forget = abort.onAbort(stop)
    run(call, ports, attempt.signal).then(end)
  })
}

async function run(
  call: ExecutableCall,
  { tools, onMistake }: AttemptPorts,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  try {
    return await tools.run(
      { tool: call.tool, arguments: call.arguments, idempotencyKey: `${call.runId}:${call.call}` },
      signal,
    )
  } catch (mistake) {
    if (!signal.aborted) onMistake(mistake)
    return {
      ok: false,
      code: 'internal',
      message: `Volley could not run ${call.tool.name}: a fault of its own, which its log names.`,
      retry: false,
    }
  }
}
