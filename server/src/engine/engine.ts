import { ok } from '@volley/shared/lib/result.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { applyRunEvent, EMPTY_RUN, type RunState, runFromEvents } from '@volley/shared/run/state.ts'
import { createDurations, type Durations } from './durations.ts'
import { keptMeans } from './fork.ts'
import { createJournal } from './journal.ts'
import { keepAll } from './keepAll.ts'
import { limitsFor, NO_LIMITS } from './noLimits.ts'
import {
  type Clock,
  type EventLog,
  type Exchanges,
  type Limits,
  type Models,
  PassingFault,
  type Prices,
  type Randomness,
  type Redactor,
  type RunSpec,
  type ToolRunner,
  type WorkingEngine,
} from './ports.ts'
import type { ValidateArguments } from './readCall.ts'
import { recordedModel, recordedTools } from './replay.ts'
import { type RunningFlow, runFlow, startedFact } from './runFlow.ts'

export interface EngineOptions {
  models: Models
  tools: ToolRunner
  /** Left out where no model costs anything. */
  prices?: Prices
  log: EventLog
  clock: Clock
  randomness: Randomness
  validate: ValidateArguments
  /** Every fact passes it before it is stored. Left out where there are no secrets. */
  redactor?: Redactor
  /** Left out where nobody looks into runs later. */
  exchanges?: Exchanges
  /** What runs have in common. Left out where only each run's own limits hold. */
  limits?: Limits
  /** A started run is stored alone: a queue says which server takes it up. */
  handsOver?: boolean
  /** Told of faults of the store and mistakes of ours, with the run they befell. */
  onFault(fault: unknown, runId: string): void
}

/** Runs flows side by side; each ends by itself, whatever happens to the others. */
export function createEngine(options: EngineOptions): WorkingEngine {
  const {
    models,
    tools,
    prices = NO_PRICES,
    log,
    clock,
    randomness,
    validate,
    redactor = keepAll,
    exchanges,
    limits = NO_LIMITS,
    handsOver = false,
    onFault,
  } = options
  const { owns } = log
  const running = new Map<string, RunningFlow>()
  let isStopping = false
  const durationsOfFlows = new Map<string, Durations>()

  const durationsFor = ({ origin, runId }: RunSpec): Durations => {
    const key = origin.id ?? runId
    const known = durationsOfFlows.get(key) ?? createDurations()
    if (origin.id) durationsOfFlows.set(key, known)
    return known
  }

  const go = async (spec: RunSpec, state: RunState, began: number) => {
    const fault = (what: unknown) => onFault(what, spec.runId)
    const own = ownNames(spec)
    const journal = createJournal({
      log,
      runId: spec.runId,
      clock,
      run: state,
      began,
      redactor,
      own,
      onFault: fault,
      // As after a crash: the next server takes the run up from what is stored of it.
      onBroken: () => running.get(spec.runId)?.letGo(),
    })
    const means = await meansFor(spec)
    const run = runFlow(spec, {
      journal,
      ...means,
      limits: limitsFor(spec, limits),
      prices,
      clock,
      randomness,
      validate,
      isOurs: owns && (() => clock.now() - owns.sureAt(spec.runId) < SURE_MS || insist(() => owns.ask(spec.runId))),
      redactor,
      exchanges,
      durations: durationsFor(spec),
      onMistake: fault,
    })
    running.set(spec.runId, run)
    run.done.catch(fault).finally(() => running.delete(spec.runId))
  }

  /** Asks the store until it answers. */
  const insist = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      try {
        return await ask()
      } catch (fault) {
        if (!(fault instanceof PassingFault)) throw fault
        await new Promise<void>((resolve) => clock.after(SURE_MS, resolve))
      }
    }
  }

  /** The spec as it is kept: what a caller wrote may hold a secret, as the events may. */
  const storedSpec = (spec: RunSpec): RunSpec => ({
    ...spec,
    input: redactor.text(spec.input),
    variables: redactor.json(spec.variables),
    ...(spec.batch ? { batch: redactor.json(spec.batch) } : {}),
    ...(spec.messages ? { messages: spec.messages.map((one) => ({ ...one, text: redactor.text(one.text) })) } : {}),
  })

  /** The live model and tools, or what an earlier run recorded of them. */
  const meansFor = async ({ replay }: RunSpec): Promise<{ models: Models; tools: ToolRunner }> => {
    if (!replay) return { models, tools }
    const recorded = runFromEvents(await log.read(replay.of, 0))
    if (replay.kept) return keptMeans(recorded, replay.kept, { models, tools })
    return {
      models: replay.model === 'recorded' ? { find: () => ok(recordedModel(recorded)) } : models,
      tools: replay.tools === 'recorded' ? recordedTools(recorded) : tools,
    }
  }

  return {
    async start(spec) {
      const began = clock.now()
      const first: RunEvent = { seq: 1, at: 0, ...redactor.fact(startedFact(spec), ownNames(spec)) }
      await log.create(storedSpec(spec), [first], 'running')
      // One that comes while the server stops is kept for the next; what runs inside of a call that may still end belongs to it.
      if (!handsOver && (!isStopping || spec.parent)) await go(spec, applyRunEvent(EMPTY_RUN, first), began)
    },
    async resume(spec) {
      const run = runFromEvents(await log.read(spec.runId, 0))
      if (run.summary === null && !running.has(spec.runId)) await go(spec, run, clock.now() - run.at)
    },
    async cancel(runId) {
      const run = running.get(runId)
      run?.stop({ because: 'cancelled' })
      return run !== undefined
    },
    async decide(runId, call, decision) {
      return (await running.get(runId)?.decide(call, decision)) ?? false
    },
    async over(runId) {
      await running.get(runId)?.done.catch(() => {})
    },
    async letGo(runId) {
      const run = running.get(runId)
      run?.letGo()
      await run?.done.catch(() => {})
    },
    fail(runId, problem) {
      running.get(runId)?.stop({ because: 'failed', problem })
    },
    async stop({ graceMs = 0, hurry } = {}) {
      isStopping = true
      if (graceMs > 0 && running.size > 0) {
        const late = Promise.withResolvers<void>()
        const cancel = clock.after(graceMs, late.resolve)
        hurry?.addEventListener('abort', () => late.resolve())
        if (hurry?.aborted) late.resolve()
        await Promise.all(
          [...running.values()].map(async (run) => {
            // The run of a tool goes on as long as the call that it is the work of, where none takes it over.
            await Promise.race([run.isInner && !handsOver ? run.done.catch(() => {}) : run.rest(), late.promise])
            run.letGo()
          }),
        )
        cancel()
      }
      const runs = [...running.values()]
      for (const run of runs) run.letGo()
      await Promise.allSettled(runs.map((run) => run.done))
    },
  }
}

/** How old the certainty that a run is ours may be when an attempt begins. */
const SURE_MS = 1_000

const NO_PRICES: Prices = { find: () => null }

/** What the flow's document names itself. */
function ownNames({ flow }: RunSpec): ReadonlySet<string> {
  return new Set([flow.name, flow.agent.provider, flow.agent.model, ...flow.tools.map((tool) => tool.name)])
}
