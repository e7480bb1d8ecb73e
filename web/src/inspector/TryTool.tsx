import type { Tool } from '@volley/shared/flow/flow.ts'
import { Play, Square } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { cancelRun, sentenceOf } from '../api/client.ts'
import { tryTool } from '../api/tryTool.ts'
import { currentFlow } from '../state/flowStore.ts'
import { NO_TRIAL, useTryStore } from '../state/tryStore.ts'
import { followRun } from '../trace/followRun.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { ArgumentsForm } from './ArgumentsForm.tsx'
import { TryResult } from './TryResult.tsx'
import { argumentsOf, entriesOf } from './tryArguments.ts'

/** Runs one tool alone, with arguments typed here, and shows what came of it. */
export function TryTool({ tool }: { tool: Tool }) {
  const trial = useTryStore((store) => store.trials[tool.name]) ?? NO_TRIAL
  const entries = useMemo(() => entriesOf(tool.parameters), [tool.parameters])
  const given = argumentsOf(entries, trial.typed)
  const [showsFaults, setShowsFaults] = useState(false)
  const running = useRef<AbortController | null>(null)
  const call = trial.run?.calls[0]
  const isRunning = trial.run !== null && trial.run.summary === null && trial.fault === null

  const run = async () => {
    setShowsFaults(true)
    if (Object.keys(given.faults).length > 0) return
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    const { begin, apply, fail } = useTryStore.getState()
    begin(tool.name)
    const started = await tryTool(tool, given.arguments, currentFlow().agent)
    if (stop.signal.aborted) return
    if (!started.ok) return fail(tool.name, sentenceOf(started.error))
    const end = await followRun(started.value.runId, {
      signal: stop.signal,
      onEvents: (events) => apply(tool.name, events),
      onConnection: () => {},
    })
    if (end.end === 'refused') fail(tool.name, sentenceOf(end.fault))
  }
  return (
    <form
      aria-label="Try it"
      data-field="try"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        void run()
      }}
    >
      <p className="m-0 text-xs text-text-2">
        One call of this tool, for real: no model, and no approval asked. It is kept as a run of its own.
      </p>
      <ArgumentsForm
        entries={entries}
        typed={trial.typed}
        faults={showsFaults ? given.faults : {}}
        onType={(name, text) => useTryStore.getState().type(tool.name, name, text)}
      />
      <div className="flex gap-2">
        <Button type="submit" disabled={isRunning} icon={<Play size={13} aria-hidden />}>
          Call the tool
        </Button>
        {isRunning && trial.run?.id && (
          <Button
            variant="ghost"
            icon={<Square size={12} aria-hidden />}
            onClick={() => trial.run && void cancelRun(trial.run.id)}
          >
            Stop it
          </Button>
        )}
      </div>
      {trial.fault && <Notice tone="failed">{trial.fault}</Notice>}
      {trial.run && call && <TryResult tool={tool} runId={trial.run.id} call={call} isRunning={isRunning} />}
    </form>
  )
}
