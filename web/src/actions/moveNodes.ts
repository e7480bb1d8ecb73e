import { AGENT_PLACE, move, updateNote } from '@volley/shared/flow/edit.ts'
import type { Flow, Point } from '@volley/shared/flow/flow.ts'
import { AGENT, groupKey, noteKey } from '../state/sessionStore.ts'
import { movedMembers } from './groupFrames.ts'
import { placesOf } from './layout.ts'

const NOTE = noteKey('')
const GROUP = groupKey('')

/** The flow with its nodes where they were moved to, by the keys that a selection has; a group's frame takes its tools along. */
export function moveNodes(flow: Flow, moved: Readonly<Record<string, Point>>): Flow {
  const places: Record<string, Point> = {}
  let next = flow
  for (const [id, point] of Object.entries(moved)) {
    const at = { x: Math.round(point.x), y: Math.round(point.y) }
    if (id.startsWith(NOTE)) next = updateNote(next, id.slice(NOTE.length), at)
    else if (id.startsWith(GROUP)) Object.assign(places, movedMembers(flow, placesOf(flow), id.slice(GROUP.length), at))
    else places[id === AGENT ? AGENT_PLACE : id] = at
  }
  return move(next, places)
}
