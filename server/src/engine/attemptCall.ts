import { policyOf } from '@volley/shared/flow/defaults.ts'
import type { Tool } from '@volley/shared/flow/flow.ts'
import type { ConsoleLine } from '@volley/shared/run/events.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import type { Abort } from './abort.ts'
import { backoffMs, mayRetryAfter, pause } from './backoff.ts'
import type { Journal } from './journal.ts'
import type { Admission, Clock, Progress, Randomness, ToolFact, ToolOutcome, ToolRunner } from './ports.ts'
import { createProgress } from './progress.ts'

// Executes one call: its attempts, their time limits, the pauses between them. Invariants:
// 1. No attempt begins before its `call.started` is durable, nor on a server that may have lost the run to another one.
// 2. An attempt ends at its time limit or at the abort, whether or not the tool notices; what it says later is not heard.
// 3. Only faults that a tool calls worth a retry are retried, and only as often as the policy says.

export interface ExecutableCall {
  runId: string
  call: number
  tool: Tool
  arguments: Record<string, unknown>
  eager: boolean
  /** Whether the run is one tool tried alone. */
  isTrial: boolean
  /** All calls it waited for. */
  after: number[]
  /** Attempts made before this server took the run over. */
  attemptsBefore: number
  /** It has been let in by the limits over all runs. */
  admission: Admission
}

export type CallEnd = ({ ok: true; result: unknown; shown?: string } | { ok: false; error: CallProblem }) & {
  console?: ConsoleLine[]
}

export interface AttemptPorts {
  journal: Journal
  /** Whether this server is still the one that may run the call: waits only where it is not sure. */
  isOurs?: (() => boolean | Promise<boolean>) | undefined
  /** Whether no attempt may begin any more, since the server is about to stop. */
  isResting?: () => boolean
  tools: ToolRunner
  clock: Clock
  randomness: Randomness
  onMistake(mistake: unknown): void
}

/** Resolves with the call's end, or null when it was aborted: then the one who aborted says how it ended. */
export async function attemptCall(call: ExecutableCall, ports: AttemptPorts, abort: Abort): Promise<CallEnd | null> {
  const { journal, clock, randomness, isOurs = () => true } = ports
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
    // Nothing is waited for between the last look and the attempt, but for the look itself.
    for (let sure = isOurs(); sure !== true; sure = isOurs()) if (!(await sure) || abort.isAborted) return null
    if (abort.isAborted) return null
    const outcome = await attemptOnce(call, ports, abort)
    if (outcome === null) return null
    const printed = outcome.console && outcome.console.length > 0 ? { console: outcome.console } : {}
    if (outcome.ok) {
      const { result = null, shown } = outcome
      return { ok: true, result, ...(shown === undefined ? {} : { shown }), ...printed }
    }
    const error: CallProblem = { code: outcome.code, message: outcome.message }
    if (outcome.retryAfterMs !== undefined && mayRetryAfter(outcome.retryAfterMs))
      call.admission.slowDown(outcome.retryAfterMs)
    if (!outcome.retry || tries > retries || !mayRetryAfter(outcome.retryAfterMs))
      return { ok: false, error, ...printed }
    const delayMs = backoffMs(tries, randomness, outcome.retryAfterMs)
    journal.write({ type: 'call.retrying', call: call.call, attempt, error, delayMs, ...printed })
    if (!(await pause(delayMs, clock, abort)) || !(await call.admission.again(abort)) || ports.isResting?.())
      return null
  }
}

async function attemptOnce(call: ExecutableCall, ports: AttemptPorts, abort: Abort): Promise<ToolOutcome | null> {
  const { timeoutMs } = policyOf(call.tool)
  const attempt = new AbortController()
  return new Promise((resolve) => {
    let isOver = false
    const tell = (fact: ToolFact) => {
      if (!isOver) ports.journal.write({ ...fact, call: call.call })
    }
    const progress = createProgress(ports.clock, (told) =>
      ports.journal.write({ type: 'call.progress', call: call.call, ...told }),
    )
    const end = (outcome: ToolOutcome | null) => {
      isOver = true
      progress.stop()
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
    run(call, ports, { tell, report: progress.report }, attempt.signal).then(end)
  })
}

async function run(
  call: ExecutableCall,
  { tools, onMistake }: AttemptPorts,
  told: { tell: (fact: ToolFact) => void; report: (progress: Progress) => void },
  signal: AbortSignal,
): Promise<ToolOutcome> {
  try {
    return await tools.run(
      {
        tool: call.tool,
        arguments: call.arguments,
        idempotencyKey: `${call.runId}:${call.call}`,
        isTrial: call.isTrial,
        ...told,
      },
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
