import { limitsOf, parallelismOf } from '@volley/shared/flow/defaults.ts'
import { planGraph } from '@volley/shared/plan/planGraph.ts'
import type { RunProblem } from '@volley/shared/run/problem.ts'
import { summaryOf } from '@volley/shared/trace/summary.ts'
import type { Journal } from './journal.ts'
import type { Models, RunSpec } from './ports.ts'
import { createRunCalls, type RunCalls, type RunCallsPorts } from './runCalls.ts'
import { runBatchTurn, runTurn, type TurnEnd } from './runTurn.ts'

export interface RunPorts extends RunCallsPorts {
  models: Models
}

/** Why a run is stopped from outside its turns. */
export type Stop = { because: 'cancelled' } | { because: 'timeout'; timeoutMs: number }

export interface RunningFlow {
  calls: RunCalls
  /** Aborts the model's stream and every running call at once; the run ends. */
  stop(stop: Stop): void
  /** Aborts everything without writing an end: the run goes on when a server takes it up again. */
  letGo(): void
  /** Resolves when the run's end is durable, or when it was let go. */
  done: Promise<void>
}

/** The first fact of a run. */
export function startedFact(spec: RunSpec) {
  const { agent, name } = spec.flow
  return {
    type: 'run.started',
    runId: spec.runId,
    flow: { id: spec.origin.id, name, version: spec.origin.version },
    input: spec.input,
    parallelism: parallelismOf(agent),
    provider: agent.provider,
    model: agent.model,
  } as const
}

/** Runs a flow to its end: turn after turn until a message without calls, a limit, a fault or a stop. */
export function runFlow(spec: RunSpec, ports: RunPorts): RunningFlow {
  const { journal, clock } = ports
  const controller = new AbortController()
  const limits = limitsOf(spec.flow.agent)
  const graph = planGraph(spec.flow, { references: parallelismOf(spec.flow.agent) === 'graph' })
  const calls = createRunCalls(spec, graph, ports, controller.signal)
  let stopped: Stop | null = null
  let isLetGo = false

  const stop = (why: Stop) => {
    stopped ??= why
    controller.abort()
  }
  const cancelTimer = clock.after(limits.timeoutMs - journal.elapsed(), () =>
    stop({ because: 'timeout', timeoutMs: limits.timeoutMs }),
  )

  const run = async () => {
    let end: TurnEnd
    try {
      end = await takeTurns(spec, ports, calls, controller.signal)
    } catch (mistake) {
      ports.onMistake(mistake)
      end = {
        is: 'failed',
        error: { code: 'internal', message: 'Volley made a mistake in this run; its log names it.' },
      }
    }
    cancelTimer()
    if (isLetGo) return
    finishRun(journal, calls, end, stopped)
    controller.abort()
    await journal.stored()
  }

  return {
    calls,
    stop,
    letGo() {
      isLetGo = true
      journal.letGo()
      controller.abort()
    },
    done: run(),
  }
}

async function takeTurns(spec: RunSpec, ports: RunPorts, calls: RunCalls, signal: AbortSignal): Promise<TurnEnd> {
  if (spec.batch) return runBatchTurn(spec, calls, ports.journal, signal)
  const model = ports.models.find(spec.flow.agent.provider)
  if (!model.ok) return { is: 'failed', error: model.error }
  const { turns } = limitsOf(spec.flow.agent)
  for (let turn = 1; ; turn++) {
    // After the last turn the model is asked once more, without tools, so that there is an answer.
    const withTools = turn <= turns
    const end = await runTurn(spec, turn, { model: model.value, calls, withTools }, ports, signal)
    if (end.is !== 'again') return end
    if (!withTools) return { is: 'answered', text: ports.journal.run.turns.at(-1)?.text ?? '' }
  }
}

function finishRun(journal: Journal, calls: RunCalls, end: TurnEnd, stopped: Stop | null) {
  const isAnswered = end.is === 'answered' || end.is === 'again'
  const error: RunProblem | undefined = end.is === 'failed' ? end.error : stopped ? stoppedProblem(stopped) : undefined
  calls.cancelAll(error?.message ?? 'The run has ended.')
  const status = isAnswered ? 'succeeded' : stopped?.because === 'cancelled' ? 'cancelled' : 'failed'
  journal.write({
    type: 'run.finished',
    status,
    output: end.is === 'answered' ? end.text : null,
    ...(error && !isAnswered ? { error } : {}),
    usage: journal.run.usage,
    costUsd: null,
    summary: summaryOf(journal.run, journal.elapsed()),
  })
}

function stoppedProblem(stop: Stop): RunProblem {
  return stop.because === 'cancelled'
    ? { code: 'cancelled', message: 'The run was cancelled.' }
    : {
        code: 'timeout',
        message: `The run was stopped after ${stop.timeoutMs} ms, its time limit. Raise "timeoutMs" in the agent's limits if it needs longer.`,
      }
}
