import { clauseTrials } from '@volley/shared/evals/clauseTrials.ts'
import { variantNames } from '@volley/shared/evals/variants.ts'
import { useMemo } from 'react'
import { Link, useSearch } from 'wouter'
import { sentenceOf } from '../api/client.ts'
import { goTo, paths } from '../routes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { CaseDialog } from './CaseDialog.tsx'
import { CaseTable } from './CaseTable.tsx'
import { ClauseTrials } from './ClauseTrials.tsx'
import { caseRows } from './caseRows.ts'
import { EvalFacts } from './EvalFacts.tsx'
import { EvalHeader } from './EvalHeader.tsx'
import { byVariant } from './results.ts'
import { type Comparing, useComparisons } from './useComparisons.ts'
import { useEval } from './useEval.ts'
import { VariantTable } from './VariantTable.tsx'

/** One eval, live or ended: how far it is, its variants by their numbers, its clauses judged, and every case. */
export function EvalPage({ evalId }: { evalId: string }) {
  const { evaluation, results, fault, reload } = useEval(evalId)
  const openCase = new URLSearchParams(useSearch()).get('case')
  const count = evaluation?.variants.length ?? 0
  const runs = useMemo(() => byVariant(results, count), [results, count])
  const items = evaluation?.items
  const rows = useMemo(() => caseRows(items ?? [], results, count), [items, results, count])
  const isRunning = evaluation?.status === 'running'
  const variants = evaluation?.variants
  // Every other variant with the first, then every clause with the agent without it.
  const asked = useMemo<Comparing | null>(() => {
    if (isRunning || !variants || variants.length < 2) return null
    const others = variants.slice(1).map((_variant, at) => [0, at + 1] as const)
    const trials = clauseTrials(variants).map((trial) => [trial.without, trial.with] as const)
    return { runs, pairs: [...others, ...trials], by: 'f1' }
  }, [isRunning, variants, runs])
  const comparisons = useComparisons(asked)
  if (!evaluation)
    return fault ? (
      <main className="flex min-h-0 flex-1">
        <EmptyState
          title="This eval cannot be shown"
          action={
            <Link href={paths.evals} className="text-xs text-text-1 underline underline-offset-2">
              All evals
            </Link>
          }
        >
          {sentenceOf(fault)}
        </EmptyState>
      </main>
    ) : (
      <main aria-busy="true" className="flex-1" />
    )
  const names = variantNames(evaluation.variants)
  const trials = clauseTrials(evaluation.variants)
  const opened = rows.find(({ item }) => item.id === openCase)
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <EvalHeader evaluation={evaluation} results={results} names={names} onChanged={reload} />
      <section
        aria-label="Results"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]!"
      >
        <div className="mx-auto flex max-w-[1240px] flex-col gap-6 px-6 pt-5 pb-16 max-[900px]:px-4">
          {fault && <Notice tone="waiting">{sentenceOf(fault)}</Notice>}
          <EvalFacts evaluation={evaluation} />
          {evaluation.error !== null && <Notice tone="failed">It stopped: {evaluation.error}</Notice>}
          {trials.length > 0 && (
            <ClauseTrials evaluation={evaluation} trials={trials} comparisons={comparisons?.slice(count - 1) ?? null} />
          )}
          <VariantTable
            evaluation={evaluation}
            names={names}
            runs={runs}
            comparisons={comparisons?.slice(0, count - 1) ?? null}
          />
          <CaseTable
            rows={rows}
            names={names}
            onOpen={(id) => goTo(`${paths.eval(evalId)}?case=${encodeURIComponent(id)}`)}
          />
        </div>
      </section>
      {opened && (
        <CaseDialog
          item={opened.item}
          results={results.filter(({ caseId }) => caseId === opened.item.id)}
          names={names}
          onClose={() => goTo(paths.eval(evalId))}
        />
      )}
    </main>
  )
}
