import { DatabaseZap, Download, Square, Workflow } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { cancelRun, sentenceOf } from '../api/client.ts'
import { paths } from '../routes.ts'
import type { Chosen } from '../state/traceStore.ts'
import { Approvals } from '../trace/Approvals.tsx'
import { useFindings } from '../trace/findings/useFindings.ts'
import { counted } from '../trace/format.ts'
import { Prose } from '../trace/Prose.tsx'
import { TraceView } from '../trace/TraceView.tsx'
import { useAddToDataSet } from '../trace/testCase/useAddToDataSet.tsx'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { StatusDot, statusWord } from '../ui/StatusDot.tsx'
import { toast } from '../ui/toast.tsx'
import { BackToRuns } from './BackToRuns.tsx'
import { CureInEditor } from './CureInEditor.tsx'
import { saveRuns } from './ExportButton.tsx'
import { useRun } from './useRun.ts'

/** One run, live or finished: what was asked and answered, and its trace. */
export function RunPage({ runId }: { runId: string }) {
  const { store: useStore, fault } = useRun(runId)
  const run = useStore((store) => store.run)
  const shown = useStore((store) => store.shown)
  const findings = useFindings(run)
  const [stopping, setStopping] = useState(false)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const adding = useAddToDataSet()
  if (fault)
    return (
      <main className="flex min-h-0 flex-1">
        <EmptyState
          title="This run cannot be shown"
          action={
            <Link href={paths.runs} className="text-xs text-text-1 underline underline-offset-2">
              All of them
            </Link>
          }
        >
          {sentenceOf(fault)}
        </EmptyState>
      </main>
    )
  if (!run || !shown || run.lastSeq === 0) return <main aria-busy="true" className="flex-1" />
  const stop = async () => {
    setStopping(true)
    const answer = await cancelRun(runId)
    setStopping(false)
    if (!answer.ok && answer.error.status !== 409) toast.problem(sentenceOf(answer.error))
  }
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-[52px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface-1 px-4 py-2">
        <BackToRuns />
        <h1 className="m-0 min-w-0 truncate text-base font-semibold">
          {run.flow.id ? (
            <Link href={paths.flow(run.flow.id)} className="rounded-sm text-text-1 no-underline hover:underline">
              {run.flow.name}
            </Link>
          ) : (
            run.flow.name
          )}
        </h1>
        {run.flow.version !== null && <Chip mono>v{run.flow.version}</Chip>}
        <Chip tone="status" data-status={run.status} icon={<StatusDot status={run.status} />}>
          {statusWord(run.status)}
        </Chip>
        <Chip mono>
          {run.model} · {run.parallelism}
        </Chip>
        <span className="text-xs text-text-3">
          {counted(run.turns.length, 'turn')}, {counted(run.calls.length, 'call')}
          {run.provider === 'simulated' && ', simulated model'}
        </span>
        <Button
          size="sm"
          className="ml-auto"
          icon={<DatabaseZap size={13} aria-hidden />}
          title="The input and all calls that succeeded, as a case that evals run"
          onClick={() => adding.add({ run })}
        >
          Add to a data set
        </Button>
        {adding.dialog}
        <Button
          size="sm"
          icon={<Download size={13} aria-hidden />}
          title="As JSON lines: every event of this run"
          onClick={() => saveRuns({ ids: [runId] })}
        >
          Export run
        </Button>
        {run.flow.id !== null && run.flow.version !== null && (
          <Link
            href={paths.flowOfRun(run.flow.id, run.id)}
            className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-surface-2 px-2 text-xs font-medium text-text-1 no-underline hover:bg-surface-3"
          >
            <Workflow size={13} aria-hidden />
            Show on the canvas
          </Link>
        )}
        {run.summary === null && (
          <Button size="sm" icon={<Square size={12} aria-hidden />} disabled={stopping} onClick={() => void stop()}>
            Stop
          </Button>
        )}
      </header>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(280px,380px)_1fr] max-[900px]:grid-cols-1 max-[900px]:overflow-y-auto">
        <section
          aria-label="Message and answer"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
          className="flex min-h-0 flex-col gap-5 overflow-y-auto border-r border-line bg-surface-1 p-4 outline-offset-[-2px]!"
        >
          <div className="flex flex-col gap-1.5">
            <h2 className="m-0 text-2xs font-medium text-text-3">Message</h2>
            <p className="m-0 text-sm break-words whitespace-pre-wrap">
              {run.input || 'None: a volley written by hand.'}
            </p>
          </div>
          {run.status === 'failed' && (
            <p className="m-0 rounded-md border border-failed/40 bg-failed/10 px-2.5 py-2 text-xs">
              The run failed: {run.error?.message ?? 'no reason was given.'}
            </p>
          )}
          <Approvals run={run} />
          <div className="flex flex-col gap-1.5">
            <h2 className="m-0 text-2xs font-medium text-text-3">{shown.summary ? 'Answer' : 'Answer so far'}</h2>
            <Prose text={answerOf(shown) || (shown.summary ? 'No words.' : 'Nothing yet.')} />
          </div>
        </section>
        <TraceView
          run={run}
          store={useStore}
          chosen={chosen}
          onChoose={setChosen}
          findings={findings}
          Offer={CureInEditor}
          className="max-[900px]:min-h-[420px]"
        />
      </div>
    </main>
  )
}

function answerOf({ output, turns }: { output: string | null; turns: readonly { text: string }[] }): string {
  return output ?? turns.at(-1)?.text ?? ''
}
