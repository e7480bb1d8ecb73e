import { Focus } from 'lucide-react'
import { edgeKey } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { action, type Now, now } from './action.ts'

/** Shows what is selected as large as it can be; an edge is shown by its ends. */
export const zoomToSelection = action({
  name: 'Zoom to selection',
  label: 'Zoom to what is selected',
  icon: Focus,
  keys: ['Shift+2'],
  needs: 'Select something on the canvas.',
  enabledWhen: (at) => nodesIn(at).length > 0,
  perform: () => canvasView()?.fitTo(nodesIn(now())),
})

function nodesIn({ flow, selection }: Pick<Now, 'flow' | 'selection'>): string[] {
  const ends = new Map(flow.edges.map((edge) => [edgeKey(edge), [edge.from, edge.to]]))
  return [...new Set(selection.flatMap((key) => ends.get(key) ?? [key]))]
}
