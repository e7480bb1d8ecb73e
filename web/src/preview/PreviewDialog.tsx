import { previewVolley } from '@volley/shared/plan/preview.ts'
import { useMemo } from 'react'
import { useDialogs } from '../state/dialogs.ts'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { callsOfTool, useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { duration, times } from '../trace/format.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { type Choice, chosenCalls, type Expected, everyToolOnce, expectedOf, isSerial, NO_CHOICE } from './choice.ts'
import { PreviewChart } from './PreviewChart.tsx'
import { usePreviewStore } from './previewStore.ts'
import { Steps } from './Steps.tsx'
import { ToolCounts } from './ToolCounts.tsx'

/** What would run at once and what would wait, for hand-picked calls of one turn. Nothing is run. */
export function PreviewDialog() {
  const show = useDialogs((store) => store.show)
  return (
    <Dialog
      open
      wide
      onOpenChange={(isOpen) => !isOpen && show(null)}
      title="What would run"
      description="Pick the calls of one turn. The planner of the runs says what starts at once and what waits; nothing is run."
    >
      <Preview />
    </Dialog>
  )
}

function Preview() {
  const flow = useFlow((document) => document)
  const run = useRunStore((store) => store.run)
  const [choice, choose] = useChoice()
  const calls = useMemo(() => chosenCalls(flow, choice), [flow, choice])
  const expected = useMemo(
    () =>
      new Map<string, Expected>(
        flow.tools.map(({ name }) => {
          const seen = callsOfTool(run, name).flatMap((call) => (call.durationMs === null ? [] : [call.durationMs]))
          return [name, expectedOf(flow, name, seen)]
        }),
      ),
    [flow, run],
  )
  const preview = useMemo(
    () => previewVolley(flow, calls, (tool) => expected.get(tool)?.ms ?? 0),
    [flow, calls, expected],
  )
  return (
    <div className="grid gap-4 min-[700px]:grid-cols-[220px_minmax(0,1fr)]">
      <div className="flex flex-col gap-2">
        <ToolCounts
          tools={flow.tools}
          counts={choice.counts}
          expected={expected}
          onCount={(tool, count) => choose({ ...choice, counts: { ...choice.counts, [tool]: count } })}
        />
        <span className="flex gap-1.5">
          <Button size="sm" onClick={() => choose(everyToolOnce(flow))}>
            Each once
          </Button>
          <Button size="sm" onClick={() => choose(NO_CHOICE)}>
            None
          </Button>
        </span>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <p role="status" className="m-0 text-sm" data-preview-summary="">
          {calls.length === 0 ? (
            'No call is picked.'
          ) : (
            <>
              About <b>{duration(preview.elapsedMs)}</b>, at most <b>{preview.mostAtOnce}</b> at once. One at a time it
              would be {duration(preview.serialMs)}
              {preview.elapsedMs > 0 && `: ${times(preview.serialMs / preview.elapsedMs)} as long`}.
              {isSerial(flow) && ' This agent is serial: nothing runs side by side.'}
            </>
          )}
        </p>
        <Steps preview={preview} />
        <PreviewChart preview={preview} calls={calls} choice={choice} onChoice={choose} />
      </div>
    </div>
  )
}

/** What was picked for the flow that is open; at first the selected tools, or each tool, once. */
function useChoice(): [Choice, (choice: Choice) => void] {
  const opened = useFlowStore((store) => store.opened)
  const flow = useFlow((document) => document)
  const selection = useSessionStore((store) => store.selection)
  const { opened: pickedFor, choice, choose } = usePreviewStore()
  const first = useMemo(() => {
    const every = everyToolOnce(flow)
    const selected = Object.entries(every.counts).filter(([name]) => selection.includes(name))
    return selected.length > 1 ? { ...every, counts: Object.fromEntries(selected) } : every
  }, [flow, selection])
  return [pickedFor === opened ? choice : first, (next) => choose(opened, next)]
}
