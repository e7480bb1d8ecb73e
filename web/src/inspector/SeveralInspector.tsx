import { SquareStack } from 'lucide-react'
import { type Action, perform, useEnabled } from '../actions/action.ts'
import { alignActions, distributeActions } from '../actions/align.ts'
import { tidyUp } from '../actions/tidyUp.ts'
import { SEVERAL_ACTIONS } from '../menus/selectionActions.ts'
import { useFlow } from '../state/flowStore.ts'
import { selectedTools } from '../state/selection.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { SectionTitle } from '../ui/Panel.tsx'
import { InspectorHead } from './InspectorHead.tsx'
import { SeveralTools } from './SeveralTools.tsx'

/** Several things are selected: how they stand, and what their tools have in common. */
export function SeveralInspector({ count }: { count: number }) {
  const flow = useFlow((document) => document)
  const selection = useSessionStore((store) => store.selection)
  const names = selectedTools(flow, selection)
  return (
    <>
      <InspectorHead icon={SquareStack} title={`${count} selected`} mono={false} actions={SEVERAL_ACTIONS} />
      <div className="flex flex-col gap-4 overflow-y-auto p-4">
        <div className="flex flex-col gap-2">
          <SectionTitle className="m-0">Arrange</SectionTitle>
          <div role="toolbar" aria-label="Arrange" className="-ml-1.5 flex flex-wrap gap-0.5">
            {[...alignActions, ...distributeActions, tidyUp].map((action) => (
              <ActionButton key={action.name} action={action} />
            ))}
          </div>
        </div>
        {names.length > 1 && <SeveralTools tools={flow.tools.filter((tool) => names.includes(tool.name))} />}
        <p className="m-0 text-xs text-text-2">Select one to edit the rest of it.</p>
      </div>
    </>
  )
}

function ActionButton({ action }: { action: Action }) {
  const isEnabled = useEnabled(action)
  const Icon = action.icon
  return (
    <IconButton label={action.name} icon={<Icon size={15} />} disabled={!isEnabled} onClick={() => perform(action)} />
  )
}
