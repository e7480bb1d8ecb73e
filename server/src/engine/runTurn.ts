import { limitsOf, parallelismOf } from '@volley/shared/flow/defaults.ts'
import type { ModelSettings } from '@volley/shared/flow/flow.ts'
import { systemForModel, toolsForModel } from '@volley/shared/plan/modelView.ts'
import type { StopReason, Usage } from '@volley/shared/run/events.ts'
import type { RunProblem } from '@volley/shared/run/problem.ts'
import type { TurnState } from '@volley/shared/run/state.ts'
import { NO_USAGE } from '@volley/shared/run/usage.ts'
import { type Abort, abortOf } from './abort.ts'
import { backoffMs, mayRetryAfter, pause } from './backoff.ts'
import { conversationOf } from './conversation.ts'
import type { Journal } from './journal.ts'
import type {
  Admission,
  Clock,
  Exchanges,
  Leave,
  Limits,
  Model,
  ModelEvent,
  ModelRequest,
  ModelTool,
  Randomness,
  Redactor,
  RunSpec,
  TellExchange,
} from './ports.ts'
import type { RunCalls } from './runCalls.ts'
import { safeExchange } from './safeExchange.ts'
import { endedWell } from './stopReasons.ts'

export interface TurnPorts {
  journal: Journal
  clock: Clock
  randomness: Randomness
  redactor: Redactor
  limits: Limits
  exchanges?: Exchanges | undefined
}

/** `done`: the message has ended well and so have its calls, each in its way. */
export type TurnEnd = { is: 'done' } | { is: 'failed'; error: RunProblem } | { is: 'aborted' }

/** A broken turn is asked again at most so often (contract 3, fine print). */
const MOST_RETRIES = 2

/**
 * One turn: asks the model, hands every call on the moment it is complete, and resolves when all of them have ended. `withTools` false
 * asks for text alone.
 */
export async function runTurn(
  spec: RunSpec,
  turn: number,
  means: { model: Model; calls: RunCalls; withTools: boolean },
  ports: TurnPorts,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const request = requestFor(spec, ports, means.withTools)
  ports.journal.write({ type: 'turn.started', turn })
  return askModel(spec, request, turn, means, ports, signal)
}

/** Asks again for the message that was broken off when a server stopped; what its calls finished is adopted. */
export async function reaskTurn(
  spec: RunSpec,
  turn: TurnState,
  means: { model: Model; calls: RunCalls; withTools: boolean },
  ports: TurnPorts,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const request = requestFor(spec, ports, means.withTools)
  means.calls.breakMessage(turn.turn)
  const error = { code: 'interrupted', message: 'The server stopped in the middle of the model’s message.' }
  ports.journal.write({ type: 'turn.retrying', turn: turn.turn, attempt: turn.retries.length + 1, error, delayMs: 0 })
  return askModel(spec, request, turn.turn, means, ports, signal)
}

async function askModel(
  spec: RunSpec,
  request: ModelRequest,
  turn: number,
  { model, calls, withTools }: { model: Model; calls: RunCalls; withTools: boolean },
  ports: TurnPorts,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const { journal, clock, randomness, limits } = ports
  const admission = limits.forRequest({ runId: spec.runId, provider: spec.flow.agent.provider })
  const abort = abortOf(signal)
  const triesBefore = journal.run.turns[turn - 1]?.retries.length ?? 0
  for (let tries = 1; ; tries++) {
    calls.beginMessage({ again: triesBefore + tries > 1, mayCall: withTools })
    const tell = tellExchanges(spec.runId, { turn, attempt: triesBefore + tries }, ports)
    const leave = await enter(admission, turn, journal, abort)
    if (!leave) return { is: 'aborted' }
    const last = await readMessage(model.stream(request, signal, tell), turn, calls, journal, signal).finally(leave)
    if (last === null) return { is: 'aborted' }
    if (last.type === 'finished') return finishMessage(turn, last, calls, journal, signal)
    const mayRetry = last.retry && mayRetryAfter(last.retryAfterMs)
    const delayMs = backoffMs(tries, randomness, last.retryAfterMs)
    if (mayRetry && (last.retryAfterMs !== undefined || last.problem.code === 'rate_limited'))
      admission.slowDown(delayMs)
    if (!mayRetry || tries > MOST_RETRIES) return { is: 'failed', error: last.problem }
    calls.breakMessage(turn)
    journal.write({ type: 'turn.retrying', turn, attempt: triesBefore + tries, error: last.problem, delayMs })
    if (!(await pause(delayMs, clock, abort))) return { is: 'aborted' }
  }
}

/** Waits in the lines of the limits over all runs, and says so; null on the abort. */
async function enter(admission: Admission, turn: number, journal: Journal, abort: Abort): Promise<Leave | null> {
  let isHeld = false
  const leave = await admission.enter(abort, (limit) => {
    isHeld = true
    journal.write({ type: 'turn.waiting', turn, limit })
  })
  if (leave && isHeld) journal.write({ type: 'turn.waiting', turn })
  return leave
}

/** Keeps what goes to the provider and comes back, without secrets, where someone keeps it. */
function tellExchanges(
  runId: string,
  place: { turn: number; attempt: number },
  { exchanges, journal, redactor }: TurnPorts,
): TellExchange | undefined {
  if (!exchanges) return undefined
  return (read) => {
    const at = Math.round(journal.elapsed())
    exchanges.keep(runId, () => ({ ...place, at, ...safeExchange(read(), redactor) }))
  }
}

type Last = Extract<ModelEvent, { type: 'finished' | 'broken' }>

/** Passes on what the model says; gives its last word, or null when the run was aborted meanwhile. */
async function readMessage(
  stream: AsyncIterable<ModelEvent>,
  turn: number,
  calls: RunCalls,
  journal: Journal,
  signal: AbortSignal,
): Promise<Last | null> {
  for await (const event of stream) {
    if (signal.aborted) return null
    if (event.type === 'text') {
      if (event.text !== '') journal.write({ type: 'text.delta', turn, text: event.text })
    } else if (event.type === 'call') calls.emit(turn, event)
    else if (event.type === 'spoiled') calls.spoil(event.call)
    else return event
  }
  if (signal.aborted) return null
  throw new Error('a model stream ended without saying how')
}

async function finishMessage(
  turn: number,
  last: Extract<Last, { type: 'finished' }>,
  calls: RunCalls,
  journal: Journal,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const { stopReason, usage, echo } = last
  journal.write({ type: 'message.finished', turn, usage, stopReason, ...(echo === undefined ? {} : { echo }) })
  if (endedWell(stopReason)) calls.endMessage()
  return afterMessage(turn, last, calls, journal, signal)
}

/** The message is over: says what that means for the run, once its calls have ended. */
export async function afterMessage(
  turn: number,
  { stopReason, usage, reason }: { stopReason: StopReason; usage: Usage; reason?: string },
  calls: RunCalls,
  journal: Journal,
  signal: AbortSignal,
): Promise<TurnEnd> {
  if (!endedWell(stopReason)) calls.cutMessage(stopReason)
  if (stopReason === 'filter' || stopReason === 'refusal') {
    calls.cancelAll('The message ended badly, and with it the run.')
    journal.write({ type: 'turn.finished', turn, usage, stopReason })
    const what =
      stopReason === 'filter' ? 'The provider’s content filter ended the message' : 'The model refused to answer'
    return { is: 'failed', error: { code: stopReason, message: `${what}${reason ? `: ${reason}` : '.'}` } }
  }
  if (!(await idleOrAborted(calls, signal))) return { is: 'aborted' }
  journal.write({ type: 'turn.finished', turn, usage, stopReason })
  return { is: 'done' }
}

/** A volley written by hand: its calls are emitted as if a model had, with no model time and no usage. */
export async function runBatchTurn(
  spec: RunSpec,
  calls: RunCalls,
  journal: Journal,
  signal: AbortSignal,
): Promise<TurnEnd> {
  journal.write({ type: 'turn.started', turn: 1 })
  calls.beginMessage({ again: false })
  for (const wanted of spec.batch ?? []) {
    const argumentsText = JSON.stringify(wanted.arguments === undefined ? {} : wanted.arguments)
    calls.emit(1, { id: null, tool: wanted.tool, argumentsText, complete: true })
  }
  return finishMessage(1, { type: 'finished', stopReason: 'calls', usage: NO_USAGE }, calls, journal, signal)
}

/** True when no call is open any more, false when the run was aborted first. */
function idleOrAborted(calls: RunCalls, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = () => resolve(false)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    calls.idle().then(() => {
      signal.removeEventListener('abort', stop)
      resolve(true)
    })
  })
}

/** What the model is asked. The conversation is read off the stored run, so it holds no secret; what the document adds is hidden here. */
function requestFor(spec: RunSpec, { journal, redactor }: TurnPorts, withTools: boolean): ModelRequest {
  const { agent } = spec.flow
  return {
    model: agent.model,
    system: redactor.text(systemForModel(spec.flow, spec.variables)),
    messages: conversationOf(journal.run, spec.flow),
    tools: withTools ? toolsForModel(spec.flow).map((tool) => withoutSecrets(tool, redactor)) : [],
    settings: settingsFor(agent.settings ?? {}, journal),
    parallel: parallelismOf(agent) !== 'serial',
    idleMs: limitsOf(agent).idleMs,
  }
}

function withoutSecrets({ name, description, parameters }: ModelTool, redactor: Redactor): ModelTool {
  return { name, description: redactor.text(description), parameters: redactor.json(parameters) }
}

/** `required` holds until the run has made a call: asked for one in every turn, a model could never answer. */
function settingsFor(settings: ModelSettings, journal: Journal): ModelSettings {
  const isDone = settings.toolChoice === 'required' && journal.run.calls.length > 0
  return isDone ? { ...settings, toolChoice: 'auto' } : settings
}
