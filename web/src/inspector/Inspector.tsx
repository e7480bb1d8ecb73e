import { lazy, Suspense } from 'react'
import { useFlow } from '../state/flowStore.ts'
import { selectedIn } from '../state/selection.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { Panel } from '../ui/Panel.tsx'
import { AgentInspector } from './AgentInspector.tsx'
import { EdgeInspector } from './EdgeInspector.tsx'
import { FlowInspector } from './FlowInspector.tsx'
import { ToolInspector } from './ToolInspector.tsx'

const SeveralInspector = lazy(() =>
  import('./SeveralInspector.tsx').then((module) => ({ default: module.SeveralInspector })),
)

/** The properties of what is selected. */
export function Inspector() {
  return (
    <Panel label="Inspector" className="h-full">
      <Selected />
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
