import type { Flow } from '@volley/shared/flow/flow.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { meanDurations } from '@volley/shared/trace/recordedTurns.ts'
import { type Change, whatIfOf } from '@volley/shared/trace/whatIf.ts'
import { FlaskConical } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { useWhatIfStore } from '../../state/whatIfStore.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { askForFlow, useFlowOfRun } from '../flowOfRun.ts'
import { ChangeList } from './ChangeList.tsx'
import { withChange } from './changes.ts'
import { EdgeKnobs } from './EdgeKnobs.tsx'
import { RunKnobs } from './RunKnobs.tsx'
import { ToolKnobs } from './ToolKnobs.tsx'
import { WhatIfChart } from './WhatIfChart.tsx'
import { WhatIfNumbers } from './WhatIfNumbers.tsx'

/**
 * A finished run under other conditions: durations, caps, edges and parallelism to turn, and what the run would then have been beside what it
 * was. `isHere`: the run's flow is open in the editor around it, where changes can be made for good.
 */
export function WhatIf({ run, isHere }: { run: RunState; isHere: boolean }) {
  const flow = useFlowOfRun(run.id)
  if (run.summary === null)
    return (
      <Empty title="When the run has ended">
        A run is played again on paper from the durations it had. They are known once it has ended.
      </Empty>
    )
  if (!run.calls.some((call) => call.startedAt !== null))
    return (
      <Empty title="Nothing to play again">
        No call of this run was ever started: there are no durations that could be otherwise.
      </Empty>
    )
  if (flow.is === 'missing')
    return (
      <EmptyState
        icon={<FlaskConical size={20} />}
        title="The document that ran could not be read"
        action={<Button onClick={() => void askForFlow(run.id)}>Try again</Button>}
      >
        {flow.message}
      </EmptyState>
    )
  if (flow.is === 'asked') return <div aria-busy="true" className="h-full" />
  return <Played run={run} flow={flow.flow} isHere={isHere} />
}

function Empty({ title, children }: { title: string; children: string }) {
  return (
    <EmptyState icon={<FlaskConical size={20} />} title={title}>
      {children}
    </EmptyState>
  )
}

const NONE: readonly Change[] = []

function Played({ run, flow, isHere }: { run: RunState; flow: Flow; isHere: boolean }) {
  const { runId, changes: changesOfRun, tryOut } = useWhatIfStore()
  const changes = runId === run.id ? changesOfRun : NONE
  // A slider moves at once; what follows from it may come a little later.
  const calm = useDeferredValue(changes)
  const whatIf = useMemo(() => whatIfOf(run, flow), [run, flow])
  const played = useMemo(() => whatIf.play(calm), [whatIf, calm])
  const means = useMemo(() => meanDurations(run), [run])
  const set = (next: readonly Change[]) => tryOut(run.id, next)
  const change = (one: Change) => set(withChange(changes, one, { run, flow, meanMs: (tool) => means.get(tool) ?? 0 }))
  const knobs = { run, flow, changes, onChange: change }
  return (
    <div className="@container h-full">
      <div className="grid h-full grid-cols-[340px_1fr] @max-[640px]:block @max-[640px]:overflow-y-auto">
        <section
          aria-label="What to change"
          className="flex min-h-0 flex-col gap-3.5 overflow-y-auto border-r border-line p-3 @max-[640px]:overflow-visible @max-[640px]:border-r-0"
        >
          <ChangeList {...{ run, changes, isHere }} refused={played.refused} onChanges={set} />
          <RunKnobs {...knobs} />
          <ToolKnobs {...knobs} means={means} />
          <EdgeKnobs {...knobs} />
        </section>
        <div className="flex min-h-0 min-w-0 flex-col @max-[640px]:h-[420px]">
          <WhatIfNumbers run={run} played={played} />
          <WhatIfChart run={run} played={played} asItWas={whatIf.asItWas} />
        </div>
      </div>
    </div>
  )
}
