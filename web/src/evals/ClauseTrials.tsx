import type { EvalEntry } from '@volley/shared/evals/api.ts'
import { CLAUSE_METRICS, type ClauseTrial, whyNoVersion } from '@volley/shared/evals/clauseTrials.ts'
import type { Comparison } from '@volley/shared/evals/compareScores.ts'
import { Fragment, useState } from 'react'
import { goTo, paths } from '../routes.ts'
import { chanceText, metricText } from '../trace/evalNumbers.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Select } from '../ui/Select.tsx'
import { ROW_CLASS, StatsTable } from '../ui/StatsTable.tsx'
import { toast } from '../ui/toast.tsx'
import { type Made, makeVersion, noteOf } from './makeVersion.ts'
import { differenceText, metricOf, VERDICT_TONES, VERDICTS, variantWords, verdictReason } from './words.ts'

type By = (typeof CLAUSE_METRICS)[number]

/** What each clause did against the instructions as they are. One that helps beyond noise can be made a version; any other says why not. */
export function ClauseTrials({
  evaluation,
  trials,
  comparisons,
}: {
  evaluation: EvalEntry
  trials: readonly ClauseTrial[]
  /** By trial; null until they are worked out. */
  comparisons: readonly Comparison[] | null
}) {
  const [by, setBy] = useState<By>('passed')
  const isOfOne = new Set(trials.map(({ without }) => without)).size === 1
  return (
    <section aria-label="Clauses" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <h2 className="m-0 mr-auto self-center text-sm font-semibold">
          Clauses
          <span className="ml-2 text-xs font-normal text-text-3">each against the instructions as they are</span>
        </h2>
        <Field label="Decide by" inline>
          <Select
            value={by}
            options={CLAUSE_METRICS.map((value) => ({ value, label: metricOf(value).label }))}
            onValue={(value) => setBy(value as By)}
          />
        </Field>
      </div>
      {comparisons === null ? (
        <p className="m-0 text-xs text-text-2">
          {evaluation.status === 'running' ? 'The verdicts come when no run is left.' : 'Working out the verdicts …'}
        </p>
      ) : (
        <StatsTable
          label="Verdicts on the clauses"
          heads={['Clause', ...CLAUSE_METRICS.map((name) => metricOf(name).label), 'Worth a version?']}
        >
          {trials.map((trial, at) => {
            const comparison = comparisons[at]
            const variant = evaluation.variants[trial.without]
            if (!comparison || !variant) return <Fragment key={trial.with} />
            return (
              <tr key={trial.with} className={ROW_CLASS} data-clause={trial.clause.name}>
                <th
                  scope="row"
                  className="max-w-56 min-w-36 px-3 py-2 pl-4 text-left font-medium"
                  title={trial.clause.text}
                >
                  {trial.clause.name}
                  {!isOfOne && <span className="block font-normal text-text-3">{variantWords(variant)}</span>}
                </th>
                {CLAUSE_METRICS.map((name) => (
                  <MetricCell key={name} name={name} comparison={comparison} />
                ))}
                <td className="w-72 min-w-56 px-3 py-2">
                  <Decision evaluation={evaluation} trial={trial} comparison={comparison} by={by} />
                </td>
              </tr>
            )
          })}
        </StatsTable>
      )}
    </section>
  )
}

function MetricCell({ name, comparison }: { name: By; comparison: Comparison }) {
  const compared = comparison.metrics.find(({ metric }) => metric === name)
  if (!compared) return <td className="px-3 text-text-3">–</td>
  const metric = metricOf(name)
  const { before, after, difference, verdict, p } = compared
  return (
    <td className="px-3 py-2" title={verdictReason(compared)}>
      <span className="block font-mono whitespace-nowrap text-text-1 tabular-nums">
        {metricText(metric, before)} → {metricText(metric, after)}
      </span>
      <span className="block text-2xs whitespace-nowrap">
        <span className={VERDICT_TONES[verdict]}>{VERDICTS[verdict]}</span>
        {verdict !== 'same' && (
          <span className="font-mono text-text-3 tabular-nums">
            {' '}
            {differenceText(metric, difference.mean)}, {chanceText(p)}
          </span>
        )}
      </span>
    </td>
  )
}

/** The button, or the reason in its place. */
function Decision({
  evaluation,
  trial: { clause, without },
  comparison,
  by,
}: {
  evaluation: EvalEntry
  trial: ClauseTrial
  comparison: Comparison
  by: By
}) {
  const [made, setMade] = useState<Made | null>(null)
  const [isBusy, setBusy] = useState(false)
  const variant = evaluation.variants[without]
  const because = whyNoVersion(comparison, by)
  if (!variant) return null
  if (because !== null)
    return (
      <span data-refused className="block text-text-2">
        {because}
      </span>
    )
  const flowId = evaluation.flow.id
  const openFlow = (
    <Button size="sm" className="mt-1.5" onClick={() => goTo(paths.flow(flowId))}>
      Open the flow
    </Button>
  )
  if (made?.is === 'made')
    return (
      <span role="status">
        It is version {made.version} now.
        <span className="block">{openFlow}</span>
      </span>
    )
  const make = async () => {
    setBusy(true)
    const metrics = comparison.metrics.filter(({ metric }) => (CLAUSE_METRICS as readonly string[]).includes(metric))
    const note = noteOf(clause, { eval: evaluation.name, dataSet: evaluation.dataSet.name, variant }, metrics)
    const outcome = await makeVersion(flowId, variant.version, clause, note)
    setBusy(false)
    setMade(outcome)
    if (outcome.is === 'made')
      toast.done(`Version ${outcome.version} has the clause.`, 'What it was worth stands in its note.')
  }
  return (
    <span className="flex flex-col items-start gap-1.5">
      <Button size="sm" disabled={isBusy} onClick={() => void make()}>
        Make it a version
      </Button>
      {made?.is === 'moved' && (
        <Notice tone="waiting">
          The flow has moved on since version {variant.version} was measured, so its clause was not added to what is
          newer. Open it and insert the clause there, or measure the newest version.
          <span className="block">{openFlow}</span>
        </Notice>
      )}
      {made?.is === 'refused' && <Notice tone="failed">{made.because}</Notice>}
    </span>
  )
}
