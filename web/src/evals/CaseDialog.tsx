import type { EvalResult } from '@volley/shared/evals/api.ts'
import type { AnswerCheck, TestCase } from '@volley/shared/evals/testCase.ts'
import { whyNot } from '@volley/shared/evals/whyNot.ts'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { duration } from '../trace/format.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { CaseRun } from './CaseRun.tsx'

/** The runs of one case under every variant: what was expected, what was called, what was answered. */
export function CaseDialog({
  item,
  results,
  names,
  onClose,
}: {
  item: TestCase
  /** Of this case. */
  results: readonly EvalResult[]
  names: readonly string[]
  onClose: () => void
}) {
  const runs = [...results].sort((one, other) => one.variant - other.variant || one.repeat - other.repeat)
  // What did not pass is what one comes for.
  const [opened, setOpened] = useState<string | null>(() => {
    const first = runs.find(({ score }) => !score.passed) ?? runs[0]
    return first ? keyOf(first) : null
  })
  const checks = item.expected.answer ?? []
  return (
    <Dialog
      wide
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={item.name ?? item.id}
      description={item.name === undefined ? undefined : item.id}
    >
      <div className="flex flex-col gap-4">
        <div>
          <h3 className="m-0 text-2xs font-medium text-text-3">Input</h3>
          <p className="m-0 mt-1 max-h-40 overflow-y-auto text-sm break-words whitespace-pre-wrap">{item.input}</p>
        </div>
        {checks.length > 0 && (
          <div>
            <h3 className="m-0 text-2xs font-medium text-text-3">Expected of the answer</h3>
            <ul className="m-0 mt-1 list-disc pl-5 text-xs text-text-2">
              {checks.map((check) => (
                <li key={JSON.stringify(check)}>{checkWords(check)}</li>
              ))}
            </ul>
          </div>
        )}
        {runs.length === 0 && <p className="m-0 text-xs text-text-2">This case was not run yet.</p>}
        <ul className="m-0 flex list-none flex-col gap-2 p-0">
          {runs.map((one) => {
            const key = keyOf(one)
            const isOpen = key === opened
            const { score, runId } = one
            return (
              <li key={key} data-case-run={key} className="rounded-lg border border-line">
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-xs">
                  <button
                    type="button"
                    aria-expanded={isOpen}
                    onClick={() => setOpened(isOpen ? null : key)}
                    className="flex min-w-0 flex-1 basis-56 items-center gap-2 rounded-sm text-left"
                  >
                    <ChevronRight
                      size={13}
                      aria-hidden
                      className={`shrink-0 text-text-3 ${isOpen ? 'rotate-90' : ''}`}
                    />
                    <span className="truncate font-mono text-text-1">
                      {names[one.variant]}
                      {one.repeat > 1 && ` · repeat ${one.repeat}`}
                    </span>
                    <span className={`min-w-0 truncate ${score.passed ? 'text-succeeded-text' : 'text-failed-text'}`}>
                      {score.passed ? '✓ passed' : `✗ ${whyNot(one)}`}
                    </span>
                  </button>
                  {score.took && (
                    <span className="font-mono text-text-3 tabular-nums">{duration(score.took.latencyMs)}</span>
                  )}
                  {runId !== null && (
                    <Link href={paths.run(runId)} className="text-text-1 underline underline-offset-2">
                      Open run
                    </Link>
                  )}
                </div>
                {isOpen && <CaseRun item={item} result={one} />}
              </li>
            )
          })}
        </ul>
      </div>
    </Dialog>
  )
}

const keyOf = ({ variant, repeat }: EvalResult) => `${variant}-${repeat}`

function checkWords(check: AnswerCheck): string {
  switch (check.kind) {
    case 'contains':
      return `contains “${check.text}”`
    case 'equals':
      return `is “${check.text}”`
    case 'regex':
      return `matches ${check.pattern}`
    case 'json':
      return `is the JSON ${JSON.stringify(check.value)}`
    case 'judge':
      return `a judge finds: ${check.rubric}`
  }
}
