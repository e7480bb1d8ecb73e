import { addTool, freeToolName, newTool } from '@volley/shared/flow/edit.ts'
import type { Point, RunKind } from '@volley/shared/flow/flow.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { action } from './action.ts'
import { freePlace, isSeenWhole, NODE_HEIGHT, NODE_WIDTH, placesOf } from './layout.ts'
import { TOOL_KINDS, toolKind } from './toolKinds.ts'

/** The type under which a dragged palette entry carries its kind. */
export const TOOL_DRAG = 'application/x-volley-tool'

/** Adds a tool of a kind at `at`, or in the middle of what is seen, or beside it where a node stands there, and selects it. */
export function addToolOfKind(kind: RunKind, at?: Point): string {
  const flow = currentFlow()
  const name = freeToolName(flow, toolKind(kind).name)
  const seen = canvasView()?.seen() ?? null
  const place = freePlace(placesOf(flow).values(), at ?? middle(), seen)
  useFlowStore.getState().change(`Add ${name}`, (before) => addTool(before, newTool(kind, name), place))
  useSessionStore.getState().select([name])
  // Once it is drawn: what was added must be seen.
  if (!isSeenWhole(place, seen)) setTimeout(() => canvasView()?.fit(), 60)
  return name
}

/** One action for each kind of tool. */
export const addToolActions = TOOL_KINDS.map(({ kind, title, icon }) =>
  action({ name: `Add ${title}`, label: `Add a tool: ${title}`, icon, perform: () => void addToolOfKind(kind) }),
)

function middle(): Point {
  const centre = canvasView()?.centre() ?? { x: NODE_WIDTH * 2, y: NODE_HEIGHT }
  return { x: centre.x - NODE_WIDTH / 2, y: centre.y - NODE_HEIGHT / 2 }
}
