import type { Point } from '@volley/shared/flow/flow.ts'
import { ListPlus, Split } from 'lucide-react'
import { currentFlow } from '../state/flowStore.ts'
import { useQuickAdd } from '../state/quickAdd.ts'
import { edgeKey } from '../state/sessionStore.ts'
import { action, type Now, now } from './action.ts'
import { HANDLE_Y, NODE_WIDTH, placesOf } from './layout.ts'
import { targetTools } from './targets.ts'

/** Asks for a tool that runs after the selected one. */
export const addAfter = action({
  name: 'Add a tool after this one',
  label: 'Add a tool after the selected one',
  icon: ListPlus,
  enabledWhen: (at) => targetTools(at).length === 1,
  perform: () => {
    const [tool] = targetTools()
    const place = tool === undefined ? undefined : placesOf(currentFlow()).get(tool)
    if (tool === undefined || !place) return
    const at = { x: place.x + NODE_WIDTH + 96, y: place.y + HANDLE_Y }
    useQuickAdd.getState().open({ at, joint: { is: 'after', tool } })
  },
})

/** Asks for a tool to put on the selected edge. */
export const insertOnSelected = action({
  name: 'Insert a tool here',
  label: 'Insert a tool on the selected edge',
  icon: Split,
  enabledWhen: (at) => selectedEdge(at) !== undefined,
  perform: () => {
    const edge = selectedEdge(now())
    if (edge) askForEdge(edge)
  },
})

/** Opens the question for a tool on an edge, at a point or midway between its ends. */
export function askForEdge(edge: { from: string; to: string; kind: 'order' | 'data' }, at: Point = midway(edge)) {
  const { from, to, kind } = edge
  useQuickAdd.getState().open({ at, joint: { is: 'between', edge: { from, to, kind } } })
}

function midway({ from, to }: { from: string; to: string }): Point {
  const places = placesOf(currentFlow())
  const [start, end] = [places.get(from), places.get(to)]
  if (!start || !end) return { x: 0, y: 0 }
  return { x: (start.x + NODE_WIDTH + end.x) / 2, y: (start.y + end.y) / 2 + HANDLE_Y }
}

const selectedEdge = ({ flow, selection }: Pick<Now, 'flow' | 'selection'>) =>
  selection.length === 1 ? flow.edges.find((edge) => edgeKey(edge) === selection[0]) : undefined
