import type { SavedFlow } from '@volley/shared/api.ts'
import { EVAL_TOOLS, MOST_EVAL_RUNS } from '@volley/shared/evals/api.ts'
import { variantNames } from '@volley/shared/evals/variants.ts'
import { flowSchema, PARALLELISMS } from '@volley/shared/flow/flow.ts'
import { hasClause, PROMPT_CLAUSES } from '@volley/shared/flow/promptClauses.ts'
import { listAnd } from '@volley/shared/lib/words.ts'
import { Play } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { getVersion, listVersions, sentenceOf } from '../api/client.ts'
import { getDataSet } from '../api/dataSets.ts'
import { startEval } from '../api/evals.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { useKept } from '../api/useKept.ts'
import { goTo, paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { CaseChoice } from './CaseChoice.tsx'
import { Choice, Group } from './Choice.tsx'
import { ClauseChoice } from './ClauseChoice.tsx'
import { agentOf, EMPTY_PLAN, type EvalPlan, effectfulTools, planEval, requestOf } from './evalPlan.ts'
import { ModelChoice } from './ModelChoice.tsx'
import { VersionChoice } from './VersionChoice.tsx'
import { TOOLS_WORDS } from './words.ts'

const MOST_NAMED = 8

/** What is run on the cases, how often and with what; at the end what that comes to, and Start. */
export function NewEvalForm({
  flow: { id: flowId },
  dataSetId,
  firstVersion,
  isLab,
}: {
  flow: SavedFlow
  dataSetId: string
  firstVersion: number
  isLab: boolean
}) {
  const [plan, setPlan] = useState<EvalPlan>({ ...EMPTY_PLAN, versions: [firstVersion] })
  const [problem, setProblem] = useState<string | null>(null)
  const [isStarting, setStarting] = useState(false)
  const set = (change: Partial<EvalPlan>) => setPlan((before) => ({ ...before, ...change }))
  const versions = useKept(useAnswer(`versions ${flowId}`, (signal) => listVersions(flowId, signal)).loaded)
  const loadedSet = useAnswer(`data set ${dataSetId}`, (signal) => getDataSet(dataSetId, signal)).loaded
  const dataSet = loadedSet.is === 'there' ? loadedSet.value : null
  const documents = useDocuments(flowId, plan.versions)
  const agents = documents.flows?.map(({ version, flow }) => agentOf(version, flow)) ?? null
  const planned = planEval(plan, dataSet, agents)
  const instructions = (documents.flows ?? []).map(({ flow }) => flow.agent.system ?? '')

  // In the lab all of Volley's own are chosen that are not in the instructions already; once, so that one can take some out.
  const isChosen = useRef(!isLab)
  useEffect(() => {
    if (isChosen.current || !documents.flows) return
    isChosen.current = true
    const clauses = PROMPT_CLAUSES.filter((clause) => !instructions.some((text) => hasClause(text, clause)))
    set({ clauses: clauses.map(({ title, text }) => ({ name: title, text })) })
  })

  const fault = loadedSet.is === 'fault' ? sentenceOf(loadedSet.fault) : documents.problem
  const isReady = dataSet !== null && agents !== null && planned.problems.length === 0 && planned.runs > 0
  const start = async (event: FormEvent) => {
    event.preventDefault()
    if (!isReady || isStarting) return
    setStarting(true)
    const answer = await startEval(requestOf(plan, { flowId, dataSetId, cases: planned.cases }))
    setStarting(false)
    if (answer.ok) goTo(paths.eval(answer.value.evalId))
    else setProblem(sentenceOf(answer.error))
  }
  const simulated = planned.variants.filter(({ provider }) => provider === 'simulated').length
  const effects = effectfulTools((documents.flows ?? []).map(({ flow }) => flow))
  const names = variantNames(planned.variants)
  return (
    <form className="flex flex-col gap-6" onSubmit={(event) => void start(event)}>
      <CaseChoice dataSet={dataSet} found={planned.cases} search={plan.search} onSearch={(search) => set({ search })} />
      <VersionChoice
        versions={versions?.items ?? []}
        chosen={plan.versions}
        onChosen={(chosen) => set({ versions: chosen })}
      />
      <ModelChoice models={plan.models} onModels={(models) => set({ models })} />
      <Group title="Parallelism" note="None chosen: what each version says.">
        <div className="flex flex-wrap gap-x-5 gap-y-2">
          {PARALLELISMS.map((one) => (
            <Choice
              key={one}
              label={one}
              isChosen={plan.parallelisms.includes(one)}
              onChosen={(isOn) =>
                set({ parallelisms: PARALLELISMS.filter((it) => (it === one ? isOn : plan.parallelisms.includes(it))) })
              }
            />
          ))}
        </div>
      </Group>
      <ClauseChoice
        instructions={instructions}
        clauses={plan.clauses}
        isOpen={isLab}
        onClauses={(clauses) => set({ clauses })}
      />
      <Group title="Tools">
        <div role="radiogroup" aria-label="Tools" className="flex flex-col gap-2">
          {EVAL_TOOLS.map((one) => (
            <label key={one} className="flex items-start gap-2.5 text-sm">
              <input
                type="radio"
                name="tools"
                className="mt-0.5 size-3.5 accent-running"
                checked={plan.tools === one}
                onChange={() => set({ tools: one })}
              />
              <span>
                <span className="font-medium">{TOOLS_WORDS[one].title}</span>
                <span className="block text-xs text-text-2">{TOOLS_WORDS[one].about}</span>
              </span>
            </label>
          ))}
        </div>
        {plan.tools === 'live' && effects.length > 0 && (
          <Notice tone="waiting">
            {listAnd(effects.slice(0, MOST_NAMED))}
            {effects.length > MOST_NAMED && ` and ${effects.length - MOST_NAMED} more`}{' '}
            {effects.length === 1 ? 'does' : 'do'} not say that{' '}
            {effects.length === 1 ? 'it only reads' : 'they only read'}: what{' '}
            {effects.length === 1 ? 'it changes, it changes' : 'they change, they change'} in every run.
          </Notice>
        )}
      </Group>
      <Group title="How often">
        <div className="flex flex-wrap gap-x-8 gap-y-3">
          <Field label="Repeats of each case" inline>
            <NumberInput value={plan.repeats} usual="1" min={1} max={100} onValue={(repeats = 1) => set({ repeats })} />
          </Field>
          <Field label="Runs at once" inline>
            <NumberInput
              value={plan.concurrency}
              usual="4"
              min={1}
              max={32}
              onValue={(concurrency = 4) => set({ concurrency })}
            />
          </Field>
        </div>
      </Group>
      <Field label="Name" hint="left out: made of the flow's and the data set's" className="max-w-md">
        <TextInput maxLength={200} value={plan.name} onChange={({ target }) => set({ name: target.value })} />
      </Field>
      <div className="sticky bottom-0 z-10 -mx-6 flex flex-col gap-2 border-t border-line bg-bg px-6 py-4">
        {fault !== null && <Notice tone="failed">{fault}</Notice>}
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
        {dataSet !== null &&
          planned.problems.map((one) => (
            <Notice key={one} tone="waiting">
              {one}
            </Notice>
          ))}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p role="status" data-sum className="m-0 min-w-0 flex-1 basis-72 text-sm">
            <span className="font-medium tabular-nums">{dataSet && agents ? planned.sum : 'Reading …'}</span>
            <span className="block truncate text-xs text-text-2">
              {simulated > 0 && 'The model is simulated: it knows nothing of the world. '}
              {planned.runs <= MOST_EVAL_RUNS && names.length > 1 && names.slice(0, MOST_NAMED).join(', ')}
              {names.length > MOST_NAMED && ` and ${names.length - MOST_NAMED} more`}
            </span>
          </p>
          <Button onClick={() => goTo(paths.evals)}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            icon={<Play size={13} aria-hidden />}
            disabled={!isReady || isStarting}
          >
            Start eval
          </Button>
        </div>
      </div>
    </form>
  )
}

/** The documents of the chosen versions, in the order they were chosen; null until all are read. Shown until others are there. */
function useDocuments(flowId: string, versions: readonly number[]) {
  const { loaded } = useAnswer(`documents ${flowId} ${versions.join(' ')}`, async (signal) => {
    const answers = await Promise.all(versions.map((version) => getVersion(flowId, version, signal)))
    const flows = []
    for (const answer of answers) {
      if (!answer.ok) return answer
      flows.push({ version: answer.value.version, flow: flowSchema.safeParse(answer.value.flow) })
    }
    return { ok: true as const, value: flows }
  })
  const kept = useKept(loaded)
  if (loaded.is === 'fault') return { flows: null, problem: sentenceOf(loaded.fault) }
  const broken = kept?.find(({ flow }) => !flow.success)
  if (broken) return { flows: null, problem: `Version ${broken.version} cannot be run as it is: take it out.` }
  const flows = kept?.flatMap(({ version, flow }) => (flow.success ? [{ version, flow: flow.data }] : [])) ?? null
  return { flows, problem: null }
}
