import { paste } from '@volley/shared/flow/clip.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { wholeClip } from '../actions/clipboard.ts'
import { freePlace, placesOf } from '../actions/layout.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'

/** Puts a flow's tools, with the edges between them and their groups, beside what is on the canvas, as one step. Tells the names they got. */
export function addToFlow(imported: Flow): string[] {
  const clip = { ...wholeClip(imported), notes: [], layout: layoutOf(imported) }
  const added = paste(currentFlow(), clip, { x: 0, y: 0 })
  const count = added.names.length
  useFlowStore.getState().change(`Import ${count} ${count === 1 ? 'tool' : 'tools'}`, () => added.flow)
  useSessionStore.getState().select(added.names)
  requestAnimationFrame(() => canvasView()?.fit())
  return added.names
}

/** The imported tools in their own arrangement, beside what is on the canvas. */
function layoutOf(imported: Flow) {
  const taken = [...placesOf(currentFlow()).values()]
  const right = Math.max(0, ...taken.map(({ x }) => x)) + 340
  const places = [...placesOf(imported)].filter(([key]) => imported.tools.some((tool) => tool.name === key))
  const left = Math.min(...places.map(([, { x }]) => x))
  const start = freePlace(taken, { x: right, y: 0 })
  return Object.fromEntries(places.map(([key, { x, y }]) => [key, { x: start.x + x - left, y: start.y + y }]))
}
