import type { RunState } from '@volley/shared/run/state.ts'
import { createRunStore, type UseRunStore } from '../state/runStore.ts'
import { useWhatIfStore } from '../state/whatIfStore.ts'
import { Approvals } from '../trace/Approvals.tsx'
import { CallsView } from '../trace/calls/CallsView.tsx'
import { useFlowsOfRuns } from '../trace/flowOfRun.ts'
import { JsonBlock } from '../trace/JsonBlock.tsx'
import { TraceDetail } from '../trace/TraceDetail.tsx'
import { TraceView } from '../trace/TraceView.tsx'
import { WhatIf } from '../trace/whatIf/WhatIf.tsx'
import { NONE, NoCure } from './FindingsSection.tsx'
import type { SectionProps } from './GalleryPage.tsx'
import { FLOWS_OF_RUNS, MOMENTS } from './moments.ts'
import { Section, Specimen } from './Section.tsx'

const nothing = () => {}
const BROKEN = storeOf(MOMENTS.underway, 'The connection to the run broke; asking again in 2 s.')
const STOPPED = storeOf(MOMENTS.stopped)
const FINISHED = storeOf(MOMENTS.finished)
useFlowsOfRuns.setState({ flows: FLOWS_OF_RUNS })
useWhatIfStore.getState().tryOut(MOMENTS.finished.id, [
  { change: 'duration', tool: 'geocode', meanMs: 900 },
  { change: 'tool_cap', tool: 'get_forecast', most: 1 },
])

const DETAIL = { flow: null, onChoose: nothing, onClose: nothing }
const REST = { chosen: null, onChoose: nothing, Offer: NoCure }

/** Bars, numbers, table and detail of a run, at each moment that shows something of its own. */
export function TraceSection({ id, title }: SectionProps) {
  return (
    <Section id={id} title={title}>
      <Specimen name="underway, and its stream broken" width={880} height={400}>
        <TraceView run={MOMENTS.underway} store={BROKEN} findings={{ is: 'going_on' }} {...REST} />
      </Specimen>
      <Specimen name="stopped" width={480} height={400}>
        <TraceView run={MOMENTS.stopped} store={STOPPED} findings={NONE} {...REST} />
      </Specimen>
      <Specimen name="finished, with its critical path" width={880} height={300}>
        <TraceView run={MOMENTS.finished} store={FINISHED} findings={NONE} {...REST} />
      </Specimen>
      <Specimen name="what if" width={880} height={420}>
        <WhatIf run={MOMENTS.finished} isHere={false} />
      </Specimen>
      <Specimen name="what if, while the run goes on" width={420} height={160}>
        <WhatIf run={MOMENTS.underway} isHere={false} />
      </Specimen>
      <Specimen name="calls, those that failed first" width={880} height={320}>
        <CallsView run={MOMENTS.underway} onChoose={nothing} />
      </Specimen>
      <Specimen name="a call that failed" width={420} height={360}>
        <TraceDetail run={MOMENTS.underway} chosen={{ kind: 'call', call: 5 }} {...DETAIL} />
      </Specimen>
      <Specimen name="a call that took a value" width={420} height={360}>
        <TraceDetail run={MOMENTS.underway} chosen={{ kind: 'call', call: 3 }} {...DETAIL} />
      </Specimen>
      <Specimen name="a turn" width={420} height={360}>
        <TraceDetail run={MOMENTS.underway} chosen={{ kind: 'turn', turn: 1 }} {...DETAIL} />
      </Specimen>
      <Specimen name="a call that waits for a person" width={420}>
        <Approvals run={MOMENTS.underway} />
      </Specimen>
      <Specimen name="JSON" width={420}>
        <JsonBlock value={{ city: 'Kraków', days: 3, hourly: [1, 2.5, null], ok: true }} label="A value" />
      </Specimen>
    </Section>
  )
}

/** A place where this run is shown as it is. */
function storeOf(run: RunState, connection: string | null = null): UseRunStore {
  const store = createRunStore()
  store.setState({ run, shown: run, connection })
  return store
}
