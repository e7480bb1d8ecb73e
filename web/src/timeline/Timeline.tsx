import { ChartGantt } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { useRunStore } from '../state/runStore.ts'
import { useTraceStore } from '../state/traceStore.ts'
import { useFindings } from '../trace/findings/useFindings.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel, PanelHead } from '../ui/Panel.tsx'
import { whenUsed } from '../ui/whenUsed.ts'

const loadTrace = () => import('./TraceHere.tsx')
whenUsed(loadTrace)
const TraceHere = lazy(() => loadTrace().then((module) => ({ default: module.TraceHere })))

/** The trace of the run that the canvas shows. */
export function Timeline() {
  const run = useRunStore((store) => store.run)
  const { chosen, choose } = useTraceStore()
  const findings = useFindings(run)
  const runId = run?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has other calls.
  useEffect(() => choose(null), [runId, choose])
  if (run)
    return (
      <Suspense fallback={<Panel label="Timeline" aria-busy="true" className="h-full" />}>
        <TraceHere run={run} store={useRunStore} chosen={chosen} onChoose={choose} findings={findings} />
      </Suspense>
    )
  return (
    <Panel label="Timeline" className="h-full">
      <PanelHead>
        <h2 className="m-0 px-2.5 text-sm font-medium">Timeline</h2>
      </PanelHead>
      <div className="flex min-h-0 flex-1 overflow-y-auto">
        <EmptyState icon={<ChartGantt size={20} />} title="Every call, on one time axis">
          Press Run to see which calls go together, which wait and for what, and which ones decide how long it all
          takes.
        </EmptyState>
      </div>
    </Panel>
  )
}
