import { updateEdge } from '@volley/shared/flow/editEdges.ts'
import { ArrowRightLeft } from 'lucide-react'
import { useFlowStore } from '../state/flowStore.ts'
import { selectedIn } from '../state/selection.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { toast } from '../ui/toast.tsx'
import { action, type Now, now } from './action.ts'

/** Makes an order edge a data edge, or the other way round. */
export const switchEdgeKind = action({
  name: 'Switch order and data',
  label: 'Switch the selected edge between order and data',
  icon: ArrowRightLeft,
  needs: 'Select one edge.',
  enabledWhen: (at) => edgeIn(at) !== null,
  perform: () => {
    const at = now()
    const edge = edgeIn(at)
    if (!edge) return
    const kind = edge.kind === 'data' ? 'order' : 'data'
    const edited = updateEdge(at.flow, edge, { kind })
    if (!edited.ok) return void toast.problem('The edge stays as it is.', edited.error)
    useFlowStore.getState().change(`Make ${edge.from} → ${edge.to} ${kind}`, () => edited.value)
    useSessionStore.getState().select([edgeKey({ ...edge, kind })])
  },
})

function edgeIn({ flow, selection }: Pick<Now, 'flow' | 'selection'>) {
  const selected = selectedIn(flow, selection)
  return selected.is === 'edge' ? selected.edge : null
}
