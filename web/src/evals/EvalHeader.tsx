import type { EvalAnswer, EvalResult } from '@volley/shared/evals/api.ts'
import { Download, GitCompareArrows, Play, RotateCcw, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { safeName } from '../actions/fileName.ts'
import { sentenceOf } from '../api/client.ts'
import { deleteEval, listEvals, resumeEval, stopEval } from '../api/evals.ts'
import type { Answer } from '../api/request.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { goTo, paths } from '../routes.ts'
import { ago } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { download } from '../ui/download.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem, MenuLabel } from '../ui/Menu.tsx'
import { StatusDot } from '../ui/StatusDot.tsx'
import { toast } from '../ui/toast.tsx'
import { BackToEvals } from './BackToEvals.tsx'
import { resultLines } from './results.ts'
import { statusOf } from './words.ts'

const MOST_OFFERED = 12

/** The name and state of an eval, and what can be done with it. */
export function EvalHeader({
  evaluation,
  results,
  names,
  onChanged,
}: {
  evaluation: EvalAnswer
  results: readonly EvalResult[]
  names: readonly string[]
  onChanged: () => void
}) {
  const { id, name, status, progress } = evaluation
  const [isBusy, setBusy] = useState(false)
  const [isDeleting, setDeleting] = useState(false)
  const perform = async (answer: Answer<unknown>, what: string): Promise<boolean> => {
    setBusy(true)
    const given = await answer
    setBusy(false)
    if (!given.ok) toast.problem(what, sentenceOf(given.error))
    onChanged()
    return given.ok
  }
  return (
    <header className="flex min-h-[52px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface-1 px-4 py-2">
      <BackToEvals />
      <h1 className="m-0 min-w-0 truncate text-base font-semibold">{name}</h1>
      <Chip tone="status" data-status={statusOf(evaluation)} icon={<StatusDot status={statusOf(evaluation)} />}>
        {status}
      </Chip>
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {status === 'running' && (
          <Button
            size="sm"
            icon={<Square size={12} aria-hidden />}
            disabled={isBusy}
            onClick={() => void perform(stopEval(id), 'The eval was not stopped.')}
          >
            Stop
          </Button>
        )}
        {status === 'stopped' && (
          <Button
            size="sm"
            icon={<Play size={12} aria-hidden />}
            disabled={isBusy}
            onClick={() => void perform(resumeEval(id), 'The eval was not resumed.')}
          >
            Resume
          </Button>
        )}
        {status !== 'running' && progress.failed > 0 && (
          <Button
            size="sm"
            icon={<RotateCcw size={12} aria-hidden />}
            disabled={isBusy}
            title="Runs that did not succeed are made anew; all others stay"
            onClick={() => void perform(resumeEval(id, true), 'The failed runs were not begun again.')}
          >
            Run the failed again
          </Button>
        )}
        <CompareMenu evaluation={evaluation} />
        <Button
          size="sm"
          icon={<Download size={13} aria-hidden />}
          disabled={results.length === 0}
          title="As JSON lines: every run with its scores"
          onClick={() => download(`${safeName(name, 'eval')}.jsonl`, resultLines(results, names), 'application/jsonl')}
        >
          Export results
        </Button>
        <IconButton
          size="sm"
          label="Delete eval"
          tip={status === 'running' ? 'Stop it first; then it can be deleted' : 'Delete eval'}
          icon={<Trash2 size={13} />}
          disabled={status === 'running'}
          onClick={() => setDeleting(true)}
        />
      </span>
      <ConfirmDialog
        open={isDeleting}
        title={`Delete ${name}?`}
        verb="Delete eval"
        onCancel={() => setDeleting(false)}
        onConfirm={() => {
          setDeleting(false)
          void perform(deleteEval(id), 'The eval was not deleted.').then((isGone) => isGone && goTo(paths.evals))
        }}
      >
        Its results and scores are gone then. The flow and the data set stay as they are.
      </ConfirmDialog>
    </header>
  )
}

/** The other evals of this flow, the newest first: which one this is compared with. */
function CompareMenu({ evaluation: { id, flow, createdAt } }: { evaluation: EvalAnswer }) {
  const { loaded } = useAnswer(`evals of ${flow.id}`, (signal) => listEvals({ flowId: flow.id }, signal))
  const others = loaded.is === 'there' ? loaded.value.items.filter((one) => one.id !== id) : []
  const now = Date.now()
  return (
    <Menu
      trigger={
        <Button
          size="sm"
          icon={<GitCompareArrows size={13} aria-hidden />}
          disabled={others.length === 0}
          title={others.length === 0 ? 'There is no other eval of this flow yet' : 'Case by case with another eval'}
        >
          Compare with…
        </Button>
      }
    >
      <MenuLabel>Other evals of this flow</MenuLabel>
      {others.slice(0, MOST_OFFERED).map((other) => (
        <MenuItem
          key={other.id}
          hint={ago(other.createdAt, now)}
          // The older one is what the newer one is compared with.
          onSelect={() =>
            goTo(other.createdAt < createdAt ? paths.compareEvals(other.id, id) : paths.compareEvals(id, other.id))
          }
        >
          {other.name}
          <span className="block text-xs text-text-2">{other.dataSet.name}</span>
        </MenuItem>
      ))}
    </Menu>
  )
}
