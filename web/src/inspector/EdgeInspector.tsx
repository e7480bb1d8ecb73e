import type { Edge } from '@volley/shared/flow/flow.ts'
import { Spline } from 'lucide-react'
import { EDGE_ACTIONS } from '../menus/selectionActions.ts'
import { edgeKey } from '../state/sessionStore.ts'
import { EdgeForm } from './EdgeForm.tsx'
import { InspectorHead } from './InspectorHead.tsx'
import { ProblemList } from './ProblemList.tsx'
import { useAskedPlace } from './useAskedPlace.ts'

/** An edge's properties: what waits for what, and which values go along. */
export function EdgeInspector({ edge }: { edge: Edge }) {
  useAskedPlace(edgeKey(edge), IGNORE)
  return (
    <>
      <InspectorHead icon={Spline} title={`${edge.from} → ${edge.to}`} actions={EDGE_ACTIONS} />
      <div className="flex flex-col gap-4 overflow-y-auto p-4">
        <ProblemList of={edgeKey(edge)} />
        <EdgeForm edge={edge} />
      </div>
    </>
  )
}

/** An edge has no tabs. */
const IGNORE = () => {}
