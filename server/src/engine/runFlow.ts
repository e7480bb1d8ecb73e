import { limitsOf, parallelismOf } from '@volley/shared/flow/defaults.ts'
import { Overfilled } from '@volley/shared/lib/template.ts'
import { planGraph } from '@volley/shared/plan/planGraph.ts'
import { costOf } from '@volley/shared/run/cost.ts'
import type { RunProblem } from '@volley/shared/run/problem.ts'
import type { RunState, TurnState } from '@volley/shared/run/state.ts'
import { summaryOf } from '@volley/shared/trace/summary.ts'
import { FactRefused } from './factSize.ts'
import type { Journal } from './journal.ts'
import type { Exchanges, Models, Prices, Redactor, RunSpec } from './ports.ts'
import { createRunCalls, type RunCalls, type RunCallsPorts } from './runCalls.ts'
import { afterMessage, reaskTurn, runBatchTurn, runTurn, type TurnEnd } from './runTurn.ts'

export interface RunPorts extends RunCallsPorts {
  models: Models
  prices: Prices
  redactor: Redactor
  exchanges?: Exchanges | undefined
}

/** Why a run is stopped from outside its turns. */
export type Stop =
  | { because: 'cancelled' }
  | { because: 'timeout'; timeoutMs: number }
  | { because: 'failed'; problem: RunProblem }

export interface RunningFlow {
  /** A person's decision; true once it is durable, false when the call, as what is durable tells it, does not await one. */
  decide: (...decision: Parameters<RunCalls['decide']>) => Promise<boolean>
  /** Aborts the model's stream and every running call at once; the run ends. */
  stop(stop: Stop): void
  /** Begins no turn, call or attempt any more. Resolves when nothing is under way: no call runs, and no message is being written. */
  rest(): Promise<void>
  /** Aborts everything without writing an end: the run goes on when a server takes it up again. */
  letGo(): void
  /** Whether it is the work of a call of another run. */
  isInner: boolean
  /** Resolves when the run's end is durable, or when it was let go. */
  done: Promise<void>
}

/** The first fact of a run. */
export function startedFact(spec: RunSpec) {
  const { agent, name } = spec.flow
  return {
    type: 'run.started' as const,
    runId: spec.runId,
    flow: { id: spec.origin.id, name, version: spec.origin.version },
    input: spec.input,
    parallelism: parallelismOf(agent),
    provider: agent.provider,
    model: agent.model,
    ...(spec.parent ? { parent: { run: spec.parent.run, call: spec.parent.call } } : {}),
    ...(spec.trial ? { trial: spec.trial } : {}),
    ...(spec.mocked ? { mocked: spec.mocked } : {}),
    ...(spec.eval ? { eval: spec.eval } : {}),
    ...(spec.messages ? { messages: spec.messages } : {}),
    ...(spec.replay?.kept ? { forked: { run: spec.replay.of, turns: spec.replay.kept.turns } } : {}),
  }
}

/** Runs a flow to its end: turn after turn until a message without calls, a limit, a fault or a stop. */
export function runFlow(spec: RunSpec, ports: RunPorts): RunningFlow {
  const { journal, clock } = ports
  const controller = new AbortController()
  const limits = limitsOf(spec.flow.agent)
  const graph = planGraph(spec.flow, { references: parallelismOf(spec.flow.agent) === 'graph' })
  let isResting = false
  const calls = createRunCalls(spec, graph, { ...ports, isResting: () => isResting }, controller.signal)
  let stopped: Stop | null = null
  const left = Promise.withResolvers<void>()
  let isLetGo = false
  let isParked = false
  const atRest = Promise.withResolvers<void>()
  const lookAtRest = () => {
    if (isResting && isAtRest(journal.run, isParked)) atRest.resolve()
  }
  /** Between two turns: resolves at once, or, when no turn may begin any more, once the run is aborted. */
  const mayTurn = async () => {
    if (!isResting) return
    isParked = true
    lookAtRest()
    await aborted(controller.signal)
  }
  // Whatever ends is written.
  journal.beforeSend(lookAtRest)

  const stop = (why: Stop) => {
    stopped ??= why
    controller.abort()
  }
  const cancelTimer = clock.after(limits.timeoutMs - journal.elapsed(), () =>
    stop({ because: 'timeout', timeoutMs: limits.timeoutMs }),
  )

  const run = async () => {
    let end: RunEnd
    try {
      end = await takeTurns(spec, ports, calls, controller.signal, mayTurn)
    } catch (mistake) {
      const error = tooLarge(mistake)
      if (!error) ports.onMistake(mistake)
      end = { is: 'failed', error: error ?? MISTAKE }
    }
    cancelTimer()
    if (isLetGo) return left.promise
    try {
      finishRun(spec, ports, calls, end, stopped)
    } catch (mistake) {
      const error = tooLarge(mistake)
      if (!error) throw mistake
      finishRun(spec, ports, calls, { is: 'failed', error }, stopped)
    }
    controller.abort()
    await Promise.race([journal.stored(), left.promise])
  }

  const done = run()

  return {
    async decide(...decision) {
      const isTaken = calls.decide(...decision)
      // Also where it was taken before: who hears that may forget it.
      await journal.stored()
      return isTaken
    },
    stop,
    rest() {
      isResting = true
      lookAtRest()
      return Promise.race([atRest.promise, done])
    },
    letGo() {
      isLetGo = true
      journal.letGo().then(left.resolve, left.reject)
      controller.abort()
    },
    isInner: spec.parent !== undefined,
    done,
  }
}

/** Whether nothing goes on that would be lost if the run were let go: no attempt of a call, no message of the model, not the run's end. */
function isAtRest({ calls, turns }: RunState, isBetweenTurns: boolean): boolean {
  if (calls.some(({ status, attempts }) => status === 'running' && attempts.at(-1)?.finishedAt === null)) return false
  const last = turns.at(-1)
  // A request in the line of a limit has not gone out.
  if (last?.heldBy?.at(-1)?.to === null) return true
  const waits = last?.calls.some((call) => calls[call - 1]?.finishedAt === null) ?? false
  return isBetweenTurns || (waits && last?.messageFinishedAt !== null)
}

/** `answered`: a message without calls, or the last one there may be; its text is null for a volley by hand. */
type RunEnd = { is: 'answered'; text: string | null } | Exclude<TurnEnd, { is: 'done' }>

/** Turn after turn, from wherever the log stands: a new run and one taken up after a crash go the same way. */
async function takeTurns(
  spec: RunSpec,
  ports: RunPorts,
  calls: RunCalls,
  signal: AbortSignal,
  mayTurn: () => Promise<void>,
): Promise<RunEnd> {
  const { journal } = ports
  const { turns } = limitsOf(spec.flow.agent)
  calls.restore(journal.run)
  for (;;) {
    const last = journal.run.turns.at(-1)
    const open = last?.finishedAt === null ? last : undefined
    if (last && !open) {
      if (spec.batch) return { is: 'answered', text: null }
      if (last.calls.length === 0 || last.turn > turns) return { is: 'answered', text: last.text }
    }
    await mayTurn()
    if (signal.aborted) return { is: 'aborted' }
    const end = await takeTurn(spec, open, ports, calls, signal)
    if (end.is !== 'done') return end
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

async function takeTurn(
  spec: RunSpec,
  open: TurnState | undefined,
  ports: RunPorts,
  calls: RunCalls,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const { journal } = ports
  if (open && open.messageFinishedAt !== null) {
    return afterMessage(
      open.turn,
      { stopReason: open.stopReason ?? 'other', usage: open.usage },
      calls,
      journal,
      signal,
    )
  }
  if (spec.batch) return runBatchTurn(spec, calls, journal, signal)
  const model = await ports.models.find(spec.flow.agent.provider)
  if (!model.ok) return { is: 'failed', error: model.error }
  const turn = open?.turn ?? journal.run.turns.length + 1
  // After the last turn the model is asked once more, without tools, so that there is an answer.
  const means = { model: model.value, calls, withTools: turn <= limitsOf(spec.flow.agent).turns }
  return open ? reaskTurn(spec, open, means, ports, signal) : runTurn(spec, turn, means, ports, signal)
}

function finishRun(spec: RunSpec, { journal, prices }: RunPorts, calls: RunCalls, end: RunEnd, stopped: Stop | null) {
  const error = end.is === 'failed' ? end.error : end.is === 'aborted' && stopped ? stoppedProblem(stopped) : undefined
  calls.cancelAll(error?.message ?? 'The run has ended.')
  journal.write({
    type: 'run.finished',
    status:
      end.is === 'answered'
        ? 'succeeded'
        : end.is === 'aborted' && stopped?.because === 'cancelled'
          ? 'cancelled'
          : 'failed',
    output: end.is === 'answered' ? end.text : null,
    ...(error ? { error } : {}),
    usage: journal.run.usage,
    ...costFacts(spec, journal, prices),
    summary: summaryOf(journal.run, journal.elapsed()),
  })
}

/** The cost, with the price of this moment. A run that asked no live model paid nothing that a price list knows of. */
function costFacts(spec: RunSpec, journal: Journal, prices: Prices) {
  const { provider, model } = spec.flow.agent
  const price = spec.batch || spec.replay?.model === 'recorded' ? null : prices.find(provider, model)
  return price ? { costUsd: costOf(journal.run, price), price } : { costUsd: null }
}

const MISTAKE: RunProblem = { code: 'internal', message: 'Volley made a mistake in this run; its log names it.' }

/** What a document or a model caused by its sheer size, as a problem of the run. */
function tooLarge(mistake: unknown): RunProblem | null {
  if (mistake instanceof Overfilled)
    return { code: 'limit', message: `The instructions cannot be made. ${mistake.message}` }
  return mistake instanceof FactRefused ? { code: 'limit', message: mistake.message } : null
}

function stoppedProblem(stop: Stop): RunProblem {
  if (stop.because === 'failed') return stop.problem
  return stop.because === 'cancelled'
    ? { code: 'cancelled', message: 'The run was cancelled.' }
    : {
        code: 'timeout',
        message: `The run was stopped after ${stop.timeoutMs} ms, its time limit. Raise "timeoutMs" in the agent's limits if it needs longer.`,
      }
}
