import { removeNotes, removeTools } from '@volley/shared/flow/edit.ts'
import { disconnect } from '@volley/shared/flow/editEdges.ts'
import { Trash2 } from 'lucide-react'
import { useFlowStore } from '../state/flowStore.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { action, type Now, now } from './action.ts'
import { countOf, nameOf } from './stepNames.ts'
import { targetKeys, targetNotes, targetTools } from './targets.ts'

/** Takes away what is selected: tools with their edges, edges, notes. */
export const deleteSelected = action({
  name: 'Delete',
  label: 'Delete what is selected',
  icon: Trash2,
  keys: ['Delete', 'Backspace'],
  enabledWhen: (at) => targetKeys(at).length + edgesIn(at).length > 0,
  perform: () => deleteTargets('Delete'),
})

/** Takes away what an action is about, as one step that begins with this verb. */
export function deleteTargets(verb: string) {
  const at = now()
  const [tools, notes, edges] = [targetTools(at), targetNotes(at), edgesIn(at)]
  useFlowStore.getState().change(`${verb} ${wordsFor(at, edges)}`, (flow) => {
    const withoutEdges = edges.reduce((left, edge) => disconnect(left, edge), flow)
    return removeTools(removeNotes(withoutEdges, notes), tools)
  })
  useSessionStore.getState().select([])
}

function wordsFor(at: Now, edges: ReturnType<typeof edgesIn>): string {
  const keys = targetKeys(at)
  if (keys.length > 0) return nameOf(at.flow, keys)
  const [edge] = edges
  return edges.length === 1 && edge ? `edge ${edge.from} → ${edge.to}` : countOf(edges.length, 'edge')
}

const edgesIn = ({ flow, selection }: Pick<Now, 'flow' | 'selection'>) =>
  flow.edges.filter((edge) => selection.includes(edgeKey(edge)))
