import type { EvalAnswer, EvalResult } from '@volley/shared/evals/api.ts'
import type { CaseComparison, Comparison } from '@volley/shared/evals/compareScores.ts'
import type { MetricName } from '@volley/shared/evals/metrics.ts'
import { METRICS } from '@volley/shared/evals/metrics.ts'
import { type SharedCases, sharedCases } from '@volley/shared/evals/sharedCases.ts'
import { variantNames } from '@volley/shared/evals/variants.ts'
import { GitCompareArrows } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Link, useSearch } from 'wouter'
import { sentenceOf } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { paths } from '../routes.ts'
import { counted } from '../trace/format.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Select } from '../ui/Select.tsx'
import { BackToEvals } from './BackToEvals.tsx'
import { CaseComparisons } from './CaseComparisons.tsx'
import { MetricComparisons } from './MetricComparisons.tsx'
import { byVariant } from './results.ts'
import { type Comparing, useComparisons } from './useComparisons.ts'
import { readEval } from './useEval.ts'

interface Side {
  evaluation: EvalAnswer
  results: readonly EvalResult[]
}

/** Two evals beside one another: what changed from the first to the second, and whether that is more than chance. */
export function CompareEvalsPage() {
  const search = new URLSearchParams(useSearch())
  const [before, after] = [search.get('before') ?? '', search.get('after') ?? '']
  const { loaded } = useAnswer(`compare ${before} ${after}`, async (signal) => {
    const [one, other] = await Promise.all([readEval(before, signal), readEval(after, signal)])
    if (!one.ok) return one
    if (!other.ok) return other
    return { ok: true as const, value: { before: one.value, after: other.value } }
  })
  if (before === '' || after === '' || loaded.is === 'fault')
    return (
      <main className="flex min-h-0 flex-1">
        <h1 className="sr-only">Two evals compared</h1>
        <EmptyState
          icon={<GitCompareArrows size={20} />}
          title={
            loaded.is === 'fault' && before !== '' ? 'These evals cannot be compared' : 'Two evals make a comparison'
          }
          action={
            <Link href={paths.evals} className="text-xs text-text-1 underline underline-offset-2">
              All evals
            </Link>
          }
        >
          {loaded.is === 'fault' && before !== '' ? sentenceOf(loaded.fault) : 'Choose two in the list of evals.'}
        </EmptyState>
      </main>
    )
  if (loaded.is === 'loading') return <main aria-busy="true" className="flex-1" />
  return <Compared {...loaded.value} />
}

function Compared({ before, after }: { before: Side; after: Side }) {
  const [variants, setVariants] = useState({ before: 0, after: 0 })
  const [by, setBy] = useState<MetricName>('passed')
  const shared = useMemo(
    () => sharedCases(before.evaluation.items, after.evaluation.items),
    [before.evaluation.items, after.evaluation.items],
  )
  const asked = useMemo<Comparing>(() => {
    const runsOf = ({ evaluation, results }: Side, variant: number) =>
      (byVariant(results, evaluation.variants.length)[variant] ?? []).filter(({ caseId }) => shared.ids.has(caseId))
    return { runs: [runsOf(before, variants.before), runsOf(after, variants.after)], pairs: [[0, 1]], by }
  }, [before, after, variants, shared, by])
  const [comparison] = useComparisons(asked) ?? []
  const isRunning = before.evaluation.status === 'running' || after.evaluation.status === 'running'
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-[52px] shrink-0 items-center gap-3 border-b border-line bg-surface-1 px-4">
        <BackToEvals />
        <h1 className="m-0 min-w-0 truncate text-base font-semibold">
          {before.evaluation.name} and {after.evaluation.name}
        </h1>
      </header>
      <section
        aria-label="Comparison"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]!"
      >
        <div className="mx-auto flex max-w-[1240px] flex-col gap-6 px-6 pt-5 pb-16 max-[900px]:px-4">
          <div className="grid grid-cols-2 gap-4 max-[700px]:grid-cols-1">
            <SideCard
              title="Before"
              side={before}
              variant={variants.before}
              onVariant={(variant) => setVariants({ ...variants, before: variant })}
            />
            <SideCard
              title="After"
              side={after}
              variant={variants.after}
              onVariant={(variant) => setVariants({ ...variants, after: variant })}
            />
          </div>
          <p className="m-0 text-xs leading-relaxed text-text-2">{sharedWords(shared, before, after)}</p>
          {isRunning && (
            <Notice tone="waiting">
              One of the two still runs: this compares what had ended when the page was opened.
            </Notice>
          )}
          <Outcome comparison={comparison} by={by} onBy={setBy} />
        </div>
      </section>
    </main>
  )
}

function Outcome({
  comparison,
  by,
  onBy,
}: {
  comparison: Comparison | undefined
  by: MetricName
  onBy: (by: MetricName) => void
}) {
  // What was compared before stays until the other order of cases is there.
  const [kept, setKept] = useState<Comparison | undefined>()
  if (comparison !== undefined && comparison !== kept) setKept(comparison)
  const shown = comparison ?? kept
  if (!shown) return <p className="m-0 text-xs text-text-2">Comparing …</p>
  if (shown.metrics.length === 0)
    return (
      <EmptyState className="py-12" title="The two evals have no run case in common">
        Choose two evals of one data set, or wait until both have run the same cases.
      </EmptyState>
    )
  const cases: readonly CaseComparison[] = shown.cases
  return (
    <>
      <MetricComparisons metrics={shown.metrics} />
      <CaseComparisons
        cases={cases}
        by={by}
        options={METRICS.filter(({ name }) => shown.metrics.some(({ metric }) => metric === name))}
        onBy={onBy}
      />
    </>
  )
}

function SideCard({
  title,
  side: { evaluation },
  variant,
  onVariant,
}: {
  title: string
  side: Side
  variant: number
  onVariant: (variant: number) => void
}) {
  const { id, name, flow, dataSet, variants, createdAt } = evaluation
  const names = variantNames(variants)
  return (
    <section aria-label={title} className="flex flex-col gap-2 rounded-[11px] border border-line bg-surface-1 p-4">
      <h2 className="m-0 text-2xs font-medium text-text-3">{title}</h2>
      <p className="m-0 text-sm font-medium">
        <Link href={paths.eval(id)} className="text-text-1 no-underline hover:underline">
          {name}
        </Link>
        <span className="block text-xs font-normal text-text-2">
          {flow.name} on {dataSet.name}, {new Date(createdAt).toLocaleString('en-GB')}
        </span>
      </p>
      {variants.length > 1 ? (
        <Field label={`Variant ${title.toLowerCase()}`}>
          <Select
            value={String(variant)}
            options={names.map((label, at) => ({ value: String(at), label }))}
            onValue={(value) => onVariant(Number(value))}
          />
        </Field>
      ) : (
        <span className="font-mono text-xs text-text-2">
          {names[0]} · {variants[0]?.model}
        </span>
      )}
    </section>
  )
}

/** On what the two are compared, and what is left out. */
function sharedWords({ ids, changed, onlyBefore, onlyAfter }: SharedCases, before: Side, after: Side): string {
  const isOneSet = before.evaluation.dataSet.id === after.evaluation.dataSet.id
  const left = [
    changed > 0 ? `${counted(changed, 'case')} ${changed === 1 ? 'was' : 'were'} changed between them` : '',
    onlyBefore > 0 ? `${onlyBefore} only the first has` : '',
    onlyAfter > 0 ? `${onlyAfter} only the second has` : '',
  ].filter(Boolean)
  return `${isOneSet ? '' : 'The two were run on different data sets. '}Compared on the ${counted(ids.size, 'case')} that both have. ${
    left.length > 0 ? `Left out: ${left.join(', ')}.` : ''
  }`.trim()
}
