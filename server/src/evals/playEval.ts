import { documentForCase } from '@volley/shared/evals/documentForCase.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { insertClause } from '@volley/shared/flow/promptClauses.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { applyRunEvents, EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import type { Documents } from '../deps.ts'
import type { Engine, EventLog, Models, RunSpec } from '../engine/ports.ts'
import { refusingApprovals } from '../standalone/standalone.ts'
import { withMocks } from '../starts/mockAll.ts'
import { endlessNesting } from '../starts/nesting.ts'
import { withOverrides } from '../starts/overrides.ts'
import { withRecorded } from '../starts/recordedCalls.ts'
import type { BegunRun, EvalPlace, Evals as EvalRows, EvalSpec } from '../store/evals.ts'
import type { Flows } from '../store/flows.ts'
import type { Runs } from '../store/runs.ts'
import { judgeAnswers } from './judgeAnswers.ts'
import { isMatch } from './matchPattern.ts'
import { type Job, playJobs } from './playCases.ts'

export interface PlayEvalNeeds {
  evals: Pick<EvalRows, 'begun' | 'begin' | 'score'>
  flows: Pick<Flows, 'get' | 'version'>
  runs: Runs
  log: Pick<EventLog, 'read' | 'tail'>
  engine: Engine
  documents: Pick<Documents, 'parse'>
  models: Models
  runId(): string
  /** Milliseconds on a clock that never goes back. */
  now(): number
  /** Puts `***` in the place of every secret in a value. */
  hide<Value>(value: Value): Value
}

interface EvalJob extends Job {
  variant: number
}

/** Of each answer so much is kept with the results; the run has it whole. */
const OUTPUT_CHARS = 2000

/**
 * Makes the runs of an eval that are not scored yet. One that was begun before is followed to its end and not made again. `stop` cancels what
 * goes on; `leaving` leaves it, for the next server to take up.
 */
export async function playEval(
  spec: EvalSpec,
  needs: PlayEvalNeeds,
  {
    stop,
    leaving,
    onResult = async () => {},
  }: { stop: AbortSignal; leaving: AbortSignal; onResult?: () => Promise<void> },
): Promise<void> {
  const { evals, models, now, hide } = needs
  const begun = new Map((await evals.begun(spec.id)).map((run) => [keyOf(run), run]))
  const open = jobsOfEval(spec).filter((job) => !begun.get(keyOf(placeOf(job)))?.isScored)
  const flowOf = flowsOfVariants(spec, needs)
  const startedAt = new Map<EvalJob, number>()

  await playJobs(open, {
    concurrency: spec.concurrency,
    signal: AbortSignal.any([stop, leaving]),
    ports: { isMatch },
    async play(job) {
      startedAt.set(job, now())
      const runId = await ensureRun(job, { spec, begun, flowOf }, needs)
      return follow(runId, needs, { stop, leaving })
    },
    judge: (one, run, abort) => judgeAnswers(one, run, models, abort),
    async onPlayed({ score, error, run }, job) {
      const durationMs = now() - (startedAt.get(job) ?? now())
      startedAt.delete(job)
      const result = { runId: run?.id ?? null, score, error, output: run?.output?.slice(0, OUTPUT_CHARS) ?? null }
      await evals.score(spec.id, { ...placeOf(job), ...hide(result) }, durationMs)
      await onResult()
    },
  })
}

/** All variants of a case before the next case, all cases before they are repeated: what an early end leaves behind is even. */
function jobsOfEval({ cases, variants, repeats }: EvalSpec): EvalJob[] {
  return Array.from({ length: repeats }, (_, at) =>
    cases.flatMap((one) => variants.map((_variant, variant) => ({ one, repeat: at + 1, variant }))),
  ).flat()
}

const placeOf = ({ variant, one, repeat }: EvalJob): EvalPlace => ({ variant, caseId: one.id, repeat })
const keyOf = ({ variant, caseId, repeat }: EvalPlace) => JSON.stringify([variant, caseId, repeat])

interface Plan {
  spec: EvalSpec
  begun: ReadonlyMap<string, BegunRun>
  flowOf(job: EvalJob): Promise<Flow>
}

/** The id of the job's run, which goes on from here. It is noted before the run is made, so that none is made twice. */
async function ensureRun(
  job: EvalJob,
  { spec, begun, flowOf }: Plan,
  { evals, runs, engine, runId: newRunId }: PlayEvalNeeds,
): Promise<string> {
  const place = placeOf(job)
  const before = begun.get(keyOf(place))
  const runId = before?.runId ?? newRunId()
  if (before && (await runs.status(runId)) !== null) return runId
  const flow = await flowOf(job)
  if (!before) await evals.begin(spec.id, place, runId)
  const { input, variables, messages = [] } = job.one
  await engine.start({
    runId,
    flow,
    origin: originOf(spec, job),
    input,
    variables: { ...flow.agent.variables, ...variables },
    ...(messages.length > 0 ? { messages } : {}),
    ...(spec.tools === 'live' ? {} : { mocked: true }),
    eval: spec.id,
  })
  return runId
}

/** Follows a run to its end. A call that needs an approval is refused: no one looks at each of many runs. */
async function follow(
  runId: string,
  { log, engine }: Pick<PlayEvalNeeds, 'log' | 'engine'>,
  { stop, leaving }: { stop: AbortSignal; leaving: AbortSignal },
): Promise<RunState> {
  const refuse = refusingApprovals(engine, runId, 'an eval approves no calls')
  const cancel = () => void engine.cancel(runId)
  stop.addEventListener('abort', cancel)
  if (stop.aborted) cancel()
  try {
    let run = EMPTY_RUN
    for await (const events of log.tail(runId, 0, leaving)) {
      run = applyRunEvents(run, events)
      events.forEach(refuse)
    }
    return run
  } finally {
    stop.removeEventListener('abort', cancel)
  }
}

const originOf = ({ flow, variants }: EvalSpec, { variant }: EvalJob): RunSpec['origin'] => ({
  id: flow.id,
  version: variants[variant]?.version ?? null,
})

/** The flow that a job runs on: its variant's, made once, or that of a case with tools of its own. */
function flowsOfVariants(spec: EvalSpec, needs: PlayEvalNeeds): (job: EvalJob) => Promise<Flow> {
  const made = new Map<number, Promise<Flow>>()
  const documents = new Map<number, Promise<unknown>>()
  const documentOf = (variant: number) => {
    const document = documents.get(variant) ?? documentOfVariant(spec, variant, needs)
    documents.set(variant, document)
    return document
  }
  return async (job) => {
    const { variant, one } = job
    if (one.tools) return parsed(documentForCase(await documentOf(variant), one), needs, one)
    const flow =
      made.get(variant) ?? documentOf(variant).then((document) => prepared(document, originOf(spec, job), spec, needs))
    made.set(variant, flow)
    return flow
  }
}

async function documentOfVariant({ flow, variants }: EvalSpec, at: number, { flows }: PlayEvalNeeds): Promise<unknown> {
  const variant = variants[at]
  const found = variant && (await flows.version(flow.id, variant.version))
  if (!found) throw new Error(`the flow "${flow.name}" has no version ${variant?.version} any more`)
  const { provider, model, parallelism, clause } = variant
  const before = isObject(found.flow.agent) ? found.flow.agent.system : undefined
  const system = clause ? { system: insertClause(before ?? '', clause).text } : {}
  return withOverrides(found.flow, { provider, model, parallelism, ...system })
}

async function prepared(document: unknown, origin: RunSpec['origin'], { tools }: EvalSpec, needs: PlayEvalNeeds) {
  const flow = parsed(document, needs)
  const endless = await endlessNesting(flow, origin, needs.flows)
  if (endless) throw new Error(endless.message)
  if (tools === 'live') return flow
  return tools === 'mocked' ? withMocks(flow, origin, needs) : withRecorded(flow, origin, needs)
}

function parsed(document: unknown, { documents }: PlayEvalNeeds, one?: TestCase): Flow {
  const flow = documents.parse(document)
  if (flow.ok) return flow.value
  const why = flow.error.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
  throw new Error(one ? `the tools of the case cannot be used: ${why}` : `the flow cannot be run as it is: ${why}`)
}
