import type { RunState } from '@volley/shared/run/state.ts'
import { lazy, Suspense, useState } from 'react'
import { type UseRunStore, useRunStore } from '../state/runStore.ts'
import type { Chosen } from '../state/traceStore.ts'
import { cx } from '../ui/cx.ts'
import { Panel } from '../ui/Panel.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../ui/Tabs.tsx'
import { RunNumbers } from './chart/RunNumbers.tsx'
import { TraceChart } from './chart/TraceChart.tsx'
import { BesideFindings } from './findings/BesideFindings.tsx'
import type { CureOffer } from './findings/FindingCard.tsx'
import type { FindingsShown } from './findings/useFindings.ts'
import { useFlowOfRun } from './flowOfRun.ts'
import { TraceDetail } from './TraceDetail.tsx'
import { usePlayback } from './usePlayback.ts'

const CallsView = lazy(() => import('./calls/CallsView.tsx').then((module) => ({ default: module.CallsView })))
const MessagesView = lazy(() =>
  import('./messages/MessagesView.tsx').then((module) => ({ default: module.MessagesView })),
)
const RawView = lazy(() => import('./raw/RawView.tsx').then((module) => ({ default: module.RawView })))

const WhatIf = lazy(() => import('./whatIf/WhatIf.tsx').then((module) => ({ default: module.WhatIf })))

/**
 * A run to look through: its numbers, its timeline, its calls, and each call in detail. The region `Timeline`. Numbers and timeline are
 * of the whole run; calls and detail are as they were at the time one looks at.
 */
export function TraceView({
  run,
  store: useStore,
  chosen,
  onChoose,
  findings,
  Offer,
  className,
}: {
  run: RunState
  store: UseRunStore
  /** What is shown in detail. */
  chosen: Chosen | null
  onChoose(chosen: Chosen | null): void
  findings: FindingsShown
  /** What offers the cure of a finding here. */
  Offer: CureOffer
  className?: string
}) {
  const [tab, setTab] = useState('timeline')
  const shown = useStore((store) => store.shown) ?? run
  const connection = useStore((store) => store.connection)
  const ran = useFlowOfRun(chosen?.kind === 'call' ? run.id : '')
  const flow = ran.is === 'there' ? ran.flow : null
  usePlayback(useStore)
  const failed = run.calls.filter((call) => call.status === 'failed').length
  return (
    <Panel label="Timeline" className={cx('relative h-full', className)}>
      <Tabs value={tab} onValueChange={setTab} className="h-full">
        <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 border-b border-line px-3">
          <TabList label="Views of the trace" className="py-1.5">
            <Tab value="timeline">Timeline</Tab>
            <Tab value="calls">
              Calls
              {run.calls.length > 0 && (
                <span className="rounded-sm border border-line-strong px-1 font-mono text-[10.5px] leading-4 text-text-2">
                  {run.calls.length}
                </span>
              )}
              {failed > 0 && <span className="text-2xs font-normal text-failed-text">{failed} failed</span>}
            </Tab>
            <Tab value="messages">Messages</Tab>
            <Tab value="raw">Raw</Tab>
            <Tab value="whatIf">What if</Tab>
          </TabList>
          <RunNumbers run={run} />
        </div>
        {connection && (
          <p role="status" className="m-0 border-b border-line bg-waiting/10 px-3.5 py-1 text-xs text-text-1">
            {connection}
          </p>
        )}
        <BesideFindings {...{ run, findings, Offer }} onChoose={(call) => onChoose({ kind: 'call', call })}>
          <TabPanel value="timeline" className="h-full" tabIndex={-1}>
            <TraceChart run={run} store={useStore} onChoose={onChoose} />
          </TabPanel>
          <TabPanel value="calls" className="h-full" tabIndex={-1}>
            {shown.calls.length === 0 ? (
              <p className="m-0 p-4 text-xs text-text-2">The model has made no call yet.</p>
            ) : (
              <Suspense>
                <CallsView run={shown} onChoose={(call) => onChoose({ kind: 'call', call })} />
              </Suspense>
            )}
          </TabPanel>
          <TabPanel value="messages" className="h-full" tabIndex={-1}>
            <Suspense>
              <MessagesView run={run} onChoose={(call) => onChoose({ kind: 'call', call })} />
            </Suspense>
          </TabPanel>
          <TabPanel value="raw" className="h-full" tabIndex={-1}>
            <Suspense>
              <RawView run={run} store={useStore} />
            </Suspense>
          </TabPanel>
          <TabPanel value="whatIf" className="h-full" tabIndex={-1}>
            <Suspense>
              <WhatIf run={run} isHere={useStore === useRunStore} />
            </Suspense>
          </TabPanel>
          {chosen && <TraceDetail {...{ run: shown, flow, chosen, onChoose }} onClose={() => onChoose(null)} />}
        </BesideFindings>
      </Tabs>
    </Panel>
  )
}
