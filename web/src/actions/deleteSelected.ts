import { removeNotes, removeTools } from '@volley/shared/flow/edit.ts'
import { disconnect } from '@volley/shared/flow/editEdges.ts'
import { Trash2 } from 'lucide-react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { edgeKey, noteKey, useSessionStore } from '../state/sessionStore.ts'
import { action, type Now, now } from './action.ts'
import { targetTools } from './targets.ts'

/** Takes away what is selected: tools with their edges, edges, notes. */
export const deleteSelected = action({
  name: 'Delete',
  label: 'Delete what is selected',
  icon: Trash2,
  keys: ['Delete', 'Backspace'],
  enabledWhen: (at) => targetTools(at).length > 0 || othersIn(at).length > 0,
  perform: () => {
    const at = now()
    const tools = targetTools(at)
    const gone = new Set(othersIn(at))
    useFlowStore.getState().change(tools.length === 1 ? `Delete ${tools[0]}` : 'Delete', (flow) => {
      const withoutEdges = flow.edges
        .filter((edge) => gone.has(edgeKey(edge)))
        .reduce((left, edge) => disconnect(left, edge), flow)
      const notes = flow.notes.filter((note) => gone.has(noteKey(note.id))).map((note) => note.id)
      return removeTools(removeNotes(withoutEdges, notes), tools)
    })
    useSessionStore.getState().select([])
  },
})

function othersIn({ selection }: Pick<Now, 'selection'>): string[] {
  const { edges, notes } = currentFlow()
  const known = new Set([...edges.map(edgeKey), ...notes.map((note) => noteKey(note.id))])
  return selection.filter((key) => known.has(key))
}
