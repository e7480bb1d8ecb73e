import { SquareStack } from 'lucide-react'
import { InspectorHead, TOOL_ACTIONS } from './InspectorHead.tsx'

/** Several things are selected: what can be done with all of them. */
export function SeveralInspector({ count }: { count: number }) {
  return (
    <>
      <InspectorHead icon={SquareStack} title={`${count} selected`} mono={false} actions={TOOL_ACTIONS} />
      <p className="m-0 p-4 text-xs text-text-2">
        Move, copy, duplicate or delete them together. Select one to edit it.
      </p>
    </>
  )
}
