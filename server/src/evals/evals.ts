import type { EvalEntry, startEvalSchema } from '@volley/shared/evals/api.ts'
import { MOST_EVAL_RUNS } from '@volley/shared/evals/api.ts'
import { type SetSummary, summariseScores } from '@volley/shared/evals/summarise.ts'
import type { EvalVariant } from '@volley/shared/evals/variants.ts'
import { variantsOf } from '@volley/shared/evals/variants.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { z } from 'zod'
import type { Documents } from '../deps.ts'
import type { Models } from '../engine/ports.ts'
import { every } from '../fleet/every.ts'
import type { Queue } from '../fleet/queue.ts'
import type { StartFault } from '../starts/startRun.ts'
import type { Database } from '../store/database.ts'
import type { DataSets } from '../store/dataSets.ts'
import type { Evals as EvalRows, EvalSpec } from '../store/evals.ts'
import type { Flows } from '../store/flows.ts'
import { findForgottenEvals } from '../store/jobs.ts'
import { StoreFault } from '../store/storeFault.ts'
import { type PlayEvalNeeds, playEval } from './playEval.ts'

type StartRequest = z.output<typeof startEvalSchema>

export interface Evals {
  /** Begins an eval that goes on by itself. What is wrong with the request is found before anything is stored. */
  start(request: StartRequest): Promise<Result<string, StartFault>>
  /** Cancels the runs that go on, and begins no other. */
  stop(id: string): Promise<Result<null, StartFault>>
  /** Goes on with the runs that are left; with `failed` also makes those anew that did not succeed. */
  resume(id: string, options: { failed: boolean }): Promise<Result<null, StartFault>>
  delete(id: string): Promise<Result<null, StartFault>>
  /** Stops one that goes on here, at the word of another server. */
  stopHere(id: string): void
  /** Resolves when no eval goes on. */
  idle(): Promise<void>
  /** Leaves what goes on to the next start, which takes it up. */
  close(): Promise<void>
}

export interface EvalsNeeds extends PlayEvalNeeds {
  evals: EvalRows
  dataSets: Pick<DataSets, 'get'>
  flows: Pick<Flows, 'get' | 'version'>
  documents: Documents
  models: Models
  id(): string
  /** Says which of several servers takes up an eval; null where there is one alone. */
  queue: (Queue & { database: Database; works: boolean }) | null
  /** Tells the other servers. */
  tell?(topic: 'eval', id: string): void
  /** An eval that could not go on. */
  onFault(fault: unknown, id: string): void
}

/** How often it is looked for evals that no server was given. */
const LOOK_MS = 2_000

/** Evals beside the requests: begun, stopped, resumed, and those that an earlier server left taken up. */
export function createEvals(needs: EvalsNeeds): Evals {
  const { evals, id: newId, queue, tell = () => {}, onFault } = needs
  const leaving = new AbortController()
  const working = new Map<string, { stop: AbortController; done: Promise<void> }>()

  /** True where it was resumed on another server while it was still being stopped here: then it goes on. */
  const work = async (id: string, { stop, lost }: { stop: AbortController; lost: AbortSignal }): Promise<boolean> => {
    const spec = await evals.spec(id)
    if (!spec || (await evals.status(id)) !== 'running') return false
    let error: string | null = null
    try {
      await playEval(spec, needs, { stop: stop.signal, leaving: lost, onResult: () => stopWhenAsked(id, stop) })
    } catch (fault) {
      onFault(fault, id)
      error =
        fault instanceof StoreFault
          ? `A result could not be stored: ${fault.sentence}.`
          : 'Something went wrong in the server; its log has the details.'
    }
    if (lost.aborted) throw new Error(`the eval ${id} goes on with another server, or at the next start`)
    if (stop.signal.aborted) await evals.forget(id, { failed: false })
    const summaries = await summariesOf(spec, evals)
    const status = stop.signal.aborted || error !== null ? 'stopped' : 'finished'
    // Whoever stops one that others can resume has stored that before.
    const from = queue && stop.signal.aborted ? { from: 'stopped' as const } : {}
    return !(await evals.set(id, { status, error, summaries }, from)) && (await evals.status(id)) === 'running'
  }
  /** Another server may have been asked to stop it. */
  const stopWhenAsked = async (id: string, stop: AbortController) => {
    if (queue && (await evals.status(id)) === 'stopped') stop.abort()
  }
  const begin = (id: string, given = new AbortController().signal): Promise<void> => {
    const lost = AbortSignal.any([leaving.signal, given])
    const workAll = async () => {
      let isResumed = true
      while (isResumed) {
        here.stop = new AbortController()
        isResumed = await work(id, { stop: here.stop, lost })
      }
    }
    const here = { stop: new AbortController(), done: Promise.resolve() }
    working.set(id, here)
    const done = workAll().finally(() => working.delete(id))
    here.done = done.catch(() => {})
    return done
  }
  const hand = async (id: string) => {
    if (queue) await queue.send(queue.database, id)
    else begin(id).catch((fault: unknown) => leaving.signal.aborted || onFault(fault, id))
  }
  const entryOf = async (id: string): Promise<Result<EvalEntry, StartFault>> => {
    const entry = await evals.get(id)
    return entry ? ok(entry) : err({ code: 'not_found', message: `There is no eval "${id}".` })
  }
  const conflict = (message: string): Result<never, StartFault> => err({ code: 'conflict', message })

  const takeUp = async () => {
    if (queue?.works) await queue.work(({ id, signal }) => begin(id, signal))
    for (const id of await evals.running()) await hand(id)
  }
  const taken = takeUp().catch((fault: unknown) => onFault(fault, ''))
  const look = async () => {
    for (const id of queue ? await findForgottenEvals(queue.database, queue.name) : []) await hand(id)
  }
  const looks = queue && every(LOOK_MS, look, (fault) => onFault(fault, ''))
  const idle = async () => {
    await taken
    await Promise.all([...working.values()].map(({ done }) => done))
  }

  return {
    async start(request) {
      const planned = await planEval(request, needs, newId())
      if (!planned.ok) return planned
      await evals.create(planned.value)
      await hand(planned.value.id)
      return ok(planned.value.id)
    },
    async stop(id) {
      const entry = await entryOf(id)
      if (!entry.ok) return entry
      const { name, status } = entry.value
      if (status !== 'running') return conflict(`The eval "${name}" is ${status} already.`)
      // Where another server has it, that one gives it its numbers.
      if (queue) await evals.set(id, { status: 'stopped' })
      working.get(id)?.stop.abort()
      tell('eval', id)
      return ok(null)
    },
    stopHere: (id) => working.get(id)?.stop.abort(),
    async resume(id, { failed }) {
      const entry = await entryOf(id)
      if (!entry.ok) return entry
      const { name, status, progress } = entry.value
      if (status === 'running' || (working.has(id) && !queue)) return conflict(`The eval "${name}" is running.`)
      if (status === 'finished' && !(failed && progress.failed > 0))
        return conflict(`The eval "${name}" is finished${failed ? ', and none of its runs failed' : ''}.`)
      await evals.forget(id, { failed })
      await evals.set(id, { status: 'running' })
      await hand(id)
      return ok(null)
    },
    async delete(id) {
      const entry = await entryOf(id)
      if (!entry.ok) return entry
      if (entry.value.status === 'running' || working.has(id))
        return conflict(`The eval "${entry.value.name}" is running: stop it first.`)
      await evals.delete(id)
      return ok(null)
    },
    idle,
    async close() {
      const looked = looks?.stop()
      leaving.abort()
      await idle()
      await looked
      await queue?.rest()
    },
  }
}

/** Reads the request against what is saved: which variants, which cases, how many runs. */
async function planEval(
  { flowId, dataSetId, caseIds, versions, repeats, concurrency, tools, name, ...axes }: StartRequest,
  { flows, dataSets, documents, models }: EvalsNeeds,
  id: string,
): Promise<Result<EvalSpec, StartFault>> {
  const fault = (message: string, code: StartFault['code'] = 'unprocessable') => err({ code, message })
  const saved = await flows.get(flowId)
  if (!saved) return fault(`There is no flow "${flowId}".`, 'not_found')
  const set = await dataSets.get(dataSetId)
  if (!set) return fault(`There is no data set "${dataSetId}".`, 'not_found')
  const wanted = caseIds && new Set(caseIds)
  const cases = wanted ? set.cases.filter((one) => wanted.has(one.id)) : set.cases
  const there = new Set(cases.map((one) => one.id))
  const strange = caseIds?.find((caseId) => !there.has(caseId))
  if (strange !== undefined) return fault(`The data set "${set.name}" has no case "${strange}".`)
  if (cases.length === 0) return fault(`The data set "${set.name}" has no cases yet: add one first.`)

  const agents: { version: number; agent: Flow['agent'] }[] = []
  for (const version of new Set(versions ?? [saved.version])) {
    const found = await flows.version(flowId, version)
    if (!found) return fault(`The flow "${saved.flow.name}" has no version ${version}.`)
    const flow = documents.parse(found.flow)
    if (!flow.ok)
      return err({
        code: 'unprocessable',
        message: `Version ${version} of the flow cannot be run as it is.`,
        problems: flow.error,
      })
    agents.push({ version, agent: flow.value.agent })
  }
  const variants = variantsOf({
    versions: agents.map(({ version, agent: { provider, model, parallelism = 'graph' } }) => ({
      version,
      provider,
      model,
      parallelism,
    })),
    ...axes,
  })
  for (const provider of new Set(variants.map((variant) => variant.provider))) {
    const model = await models.find(provider)
    if (!model.ok) return fault(model.error.message)
  }
  const total = variants.length * cases.length * repeats
  if (total > MOST_EVAL_RUNS)
    return fault(
      `${variants.length} variants × ${cases.length} cases × ${repeats} repeats are ${total} runs; an eval has at most ${MOST_EVAL_RUNS}. Take fewer of one of them.`,
    )
  return ok({
    id,
    name: name ?? `${saved.flow.name}: ${set.name}`,
    flow: { id: flowId, name: saved.flow.name },
    dataSet: { id: dataSetId, name: set.name },
    cases,
    variants,
    repeats,
    concurrency,
    tools,
  })
}

/** The numbers of each variant; others have their turn between two of them. */
async function summariesOf({ id, variants }: { id: string; variants: readonly EvalVariant[] }, evals: EvalRows) {
  const results = await evals.results(id, 0, MOST_EVAL_RUNS)
  const byVariant = Map.groupBy(results, ({ variant }) => variant)
  const summaries: SetSummary[] = []
  for (const variant of variants.keys()) {
    summaries.push(summariseScores(byVariant.get(variant) ?? []))
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return summaries
}
