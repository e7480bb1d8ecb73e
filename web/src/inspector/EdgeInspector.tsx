import type { Edge } from '@volley/shared/flow/flow.ts'
import { Spline } from 'lucide-react'
import { deleteSelected } from '../actions/deleteSelected.ts'
import { edgeKey } from '../state/sessionStore.ts'
import { EdgeForm } from './EdgeForm.tsx'
import { InspectorHead } from './InspectorHead.tsx'
import { ProblemList } from './ProblemList.tsx'

/** An edge's properties: what waits for what, and which values go along. */
export function EdgeInspector({ edge }: { edge: Edge }) {
  return (
    <>
      <InspectorHead icon={Spline} title={`${edge.from} → ${edge.to}`} actions={[deleteSelected]} />
      <div className="flex flex-col gap-4 overflow-y-auto p-4">
        <ProblemList of={edgeKey(edge)} />
        <p className="m-0 text-xs leading-relaxed text-text-2">
          Calls of <b className="font-mono font-semibold text-text-1">{edge.to}</b> wait for calls of{' '}
          <b className="font-mono font-semibold text-text-1">{edge.from}</b>
          {edge.kind === 'data' ? ', and take values from their results.' : '.'}
        </p>
        <EdgeForm edge={edge} />
      </div>
    </>
  )
}
