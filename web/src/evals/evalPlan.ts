import { type DataSet, type EvalTools, MOST_EVAL_RUNS, type StartEval } from '@volley/shared/evals/api.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { type Clause, type EvalVariant, type Matrix, variantsOf } from '@volley/shared/evals/variants.ts'
import type { Flow, FlowDocument, Parallelism } from '@volley/shared/flow/flow.ts'
import { counted } from '@volley/shared/lib/words.ts'
import { count } from '../trace/format.ts'

/** An eval as it is made ready. */
export interface EvalPlan {
  name: string
  versions: readonly number[]
  models: readonly { provider: string; model: string }[]
  parallelisms: readonly Parallelism[]
  clauses: readonly Clause[]
  repeats: number
  concurrency: number
  tools: EvalTools
  /** By which cases are chosen; null: all of them. */
  search: string | null
}

export const EMPTY_PLAN: EvalPlan = {
  name: '',
  versions: [],
  models: [],
  parallelisms: [],
  clauses: [],
  repeats: 1,
  concurrency: 4,
  tools: 'live',
  search: null,
}

export interface PlannedEval {
  variants: EvalVariant[]
  cases: readonly TestCase[]
  runs: number
  /** `2 variants × 40 cases × 3 repeats = 240 runs` */
  sum: string
  /** What keeps it from starting, each in a sentence. */
  problems: string[]
}

/** What a plan comes to. `agents` are those of the chosen versions; null while they are read. */
export function planEval(
  plan: EvalPlan,
  dataSet: Pick<DataSet, 'name' | 'cases'> | null,
  agents: Matrix['versions'] | null,
): PlannedEval {
  const cases = dataSet ? casesOf(dataSet.cases, plan.search) : []
  const variants = variantsOf({
    versions: agents ?? [],
    ...(plan.models.length > 0 ? { models: plan.models } : {}),
    ...(plan.parallelisms.length > 0 ? { parallelisms: plan.parallelisms } : {}),
    ...(plan.clauses.length > 0 ? { clauses: plan.clauses } : {}),
  })
  const runs = variants.length * cases.length * plan.repeats
  const repeated = plan.clauses.find(({ name }, at) => plan.clauses.findIndex((one) => one.name === name) !== at)
  const problems = [
    agents !== null && plan.versions.length === 0 ? 'No version is chosen: take at least one.' : '',
    dataSet && dataSet.cases.length === 0 ? `“${dataSet.name}” has no cases yet: add some to it first.` : '',
    dataSet && dataSet.cases.length > 0 && cases.length === 0
      ? 'The search finds no case: change it, or take all cases.'
      : '',
    repeated ? `Two clauses are called “${repeated.name}”: call one of them something else.` : '',
    runs > MOST_EVAL_RUNS
      ? `${count(runs)} runs are too many: an eval has at most ${count(MOST_EVAL_RUNS)}. Take fewer versions, models, clauses, cases or repeats.`
      : '',
  ].filter(Boolean)
  const sum = `${counted(variants.length, 'variant')} × ${counted(cases.length, 'case')} × ${counted(plan.repeats, 'repeat')} = ${count(runs)} ${runs === 1 ? 'run' : 'runs'}`
  return { variants, cases, runs, sum, problems }
}

/** The cases that have the words of a search in id, name or input. */
export function casesOf(cases: readonly TestCase[], search: string | null): readonly TestCase[] {
  const wanted = search?.trim().toLowerCase() ?? ''
  if (wanted === '') return cases
  return cases.filter(({ id, name, input }) => `${id}\n${name ?? ''}\n${input}`.toLowerCase().includes(wanted))
}

/** What the server is asked to start. */
export function requestOf(
  plan: EvalPlan,
  { flowId, dataSetId, cases }: { flowId: string; dataSetId: string; cases: readonly TestCase[] },
): StartEval {
  const { name, versions, models, parallelisms, clauses, repeats, concurrency, tools, search } = plan
  return {
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    flowId,
    dataSetId,
    ...(search === null ? {} : { caseIds: cases.map(({ id }) => id) }),
    versions: [...versions].sort((one, other) => one - other),
    ...(models.length > 0 ? { models: [...models] } : {}),
    ...(parallelisms.length > 0 ? { parallelisms: [...parallelisms] } : {}),
    ...(clauses.length > 0 ? { clauses: clauses.map(({ name: title, text }) => ({ name: title, text })) } : {}),
    repeats,
    concurrency,
    tools,
  }
}

/** What a version is run with, unless the eval says otherwise. */
export const agentOf = (version: number, { agent }: Pick<FlowDocument, 'agent'>): Matrix['versions'][number] => ({
  version,
  provider: agent.provider,
  model: agent.model,
  parallelism: agent.parallelism ?? 'graph',
})

/** Tools that a live eval would really use, and that do not say they only read. */
export const effectfulTools = (flows: readonly Pick<Flow, 'tools'>[]): string[] => [
  ...new Set(
    flows.flatMap(({ tools }) =>
      tools.flatMap(({ name, run, annotations }) =>
        run.kind === 'mock' || annotations?.readOnlyHint === true ? [] : [name],
      ),
    ),
  ),
]
