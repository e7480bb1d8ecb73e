import { addTool, freeToolName, newTool } from '@volley/shared/flow/edit.ts'
import type { Point, RunKind } from '@volley/shared/flow/flow.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import type { Joint } from '../state/quickAdd.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { toast } from '../ui/toast.tsx'
import { action } from './action.ts'
import { joinTool, jointWords } from './joinTool.ts'
import { freePlace, HANDLE_Y, isSeenWhole, NODE_HEIGHT, NODE_WIDTH, takenPlaces } from './layout.ts'
import { TOOL_KINDS, toolKind } from './toolKinds.ts'

/** The type under which a dragged palette entry carries its kind. */
export const TOOL_DRAG = 'application/x-volley-tool'

export interface AddOptions {
  /** The point that the tool stands at; left out: the middle of what is seen. */
  at?: Point | null
  /** Whether it stands there even where it covers another. */
  exact?: boolean
  joint?: Joint
}

/** Adds a tool of a kind, joined to what it was put beside, and selects it: one step. */
export function addToolOfKind(kind: RunKind, { at = null, exact = false, joint = ALONE }: AddOptions = {}): string {
  const flow = currentFlow()
  const name = freeToolName(flow, toolKind(kind).name)
  const seen = canvasView()?.seen() ?? null
  const wanted = at ? placeAt(at, joint) : middle()
  const place = exact ? wanted : freePlace(takenPlaces(flow), wanted, seen)
  const added = addTool(flow, newTool(kind, name), place)
  const joined = joinTool(added, name, joint)
  if (!joined.ok) toast.problem(`“${name}” stands alone.`, joined.error)
  useFlowStore
    .getState()
    .change(`Add ${name}${joined.ok ? jointWords(joint, flow) : ''}`, () => (joined.ok ? joined.value.flow : added))
  useSessionStore.getState().select([name])
  if (joined.ok && joined.value.news) toast.say(joined.value.news.message, joined.value.news.more)
  // Once it is drawn: what was added must be seen. What stands where it was asked for is, at least in part, and the view stays still.
  if (!(at && place === wanted) && !isSeenWhole(place, seen)) setTimeout(() => canvasView()?.fit(), 60)
  return name
}

/** One action for each kind of tool. */
export const addToolActions = TOOL_KINDS.map(({ kind, title, icon }) =>
  action({
    name: `Add ${title}`,
    label: `Add a tool: ${title}`,
    icon,
    perform: () => void addToolOfKind(kind, { at: canvasView()?.pointer() ?? null }),
  }),
)

const ALONE: Joint = { is: 'alone' }

/** A tool that follows another has its left handle at the point, one that goes before it its right one; else the point is in its head. */
function placeAt({ x, y }: Point, joint: Joint): Point {
  if (joint.is === 'after') return { x, y: y - HANDLE_Y }
  if (joint.is === 'before') return { x: x - NODE_WIDTH, y: y - HANDLE_Y }
  return { x: x - NODE_WIDTH / 2, y: y - HANDLE_Y }
}

function middle(): Point {
  const centre = canvasView()?.centre() ?? { x: NODE_WIDTH * 2, y: NODE_HEIGHT }
  return { x: centre.x - NODE_WIDTH / 2, y: centre.y - NODE_HEIGHT / 2 }
}
