import { lazy, Suspense } from 'react'
import { useFlow } from '../state/flowStore.ts'
import { selectedIn } from '../state/selection.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { Panel } from '../ui/Panel.tsx'
import { whenUsed } from '../ui/whenUsed.ts'
import { FlowInspector } from './FlowInspector.tsx'

// Nothing is selected at first: these come with the first sign of use.
const load = {
  tool: () => import('./ToolInspector.tsx'),
  agent: () => import('./AgentInspector.tsx'),
  edge: () => import('./EdgeInspector.tsx'),
}
whenUsed(() => Promise.all([load.tool(), load.agent(), load.edge()]))
const ToolInspector = lazy(() => load.tool().then((module) => ({ default: module.ToolInspector })))
const AgentInspector = lazy(() => load.agent().then((module) => ({ default: module.AgentInspector })))
const EdgeInspector = lazy(() => load.edge().then((module) => ({ default: module.EdgeInspector })))

const SeveralInspector = lazy(() =>
  import('./SeveralInspector.tsx').then((module) => ({ default: module.SeveralInspector })),
)

/** The properties of what is selected. */
export function Inspector() {
  return (
    <Panel label="Inspector" className="h-full">
      <Suspense>
        <Selected />
      </Suspense>
    </Panel>
  )
}

function Selected() {
  const flow = useFlow((document) => document)
  const selection = useSessionStore((store) => store.selection)
  const selected = selectedIn(flow, selection)
  switch (selected.is) {
    case 'tool':
      // The place in the list is the key: a tool that is being renamed stays the same form, and keeps the cursor.
      return <ToolInspector key={flow.tools.indexOf(selected.tool)} tool={selected.tool} />
    case 'agent':
      return <AgentInspector />
    case 'edge':
      return <EdgeInspector edge={selected.edge} />
    case 'several':
      return (
        <Suspense>
          <SeveralInspector count={selected.count} />
        </Suspense>
      )
    case 'note':
    case 'nothing':
      return <FlowInspector />
  }
}
