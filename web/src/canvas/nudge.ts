import type { Flow, Point } from '@volley/shared/flow/flow.ts'
import type { KeyboardEvent } from 'react'
import { groupPlaces } from '../actions/groupFrames.ts'
import { placesOf } from '../actions/layout.ts'
import { moveNodes } from '../actions/moveNodes.ts'
import { nameOf } from '../actions/stepNames.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { noteKey, useSessionStore } from '../state/sessionStore.ts'

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The way that an arrow key points, a large step with Shift; null for other keys. */
export function arrowOf(event: KeyboardEvent): Point | null {
  const arrow = ARROWS[event.key]
  const step = event.shiftKey ? 44 : 11
  return arrow ? { x: arrow[0] * step, y: arrow[1] * step } : null
}

/**
 * Moves a node by an arrow key, and with it what else is selected when it is selected itself; a frame takes its tools along. Presses
 * that follow each other are one step. Answers whether the key was an arrow.
 */
export function nudgeByKey(event: KeyboardEvent, id: string): boolean {
  const by = arrowOf(event)
  if (!by) return false
  event.preventDefault()
  event.stopPropagation()
  const flow = currentFlow()
  const places = nodePlaces(flow)
  const { selection } = useSessionStore.getState()
  const moving = selection.includes(id) ? selection.filter((key) => places.has(key)) : [id]
  const moved = moving.map((key) => {
    const at = places.get(key) ?? { x: 0, y: 0 }
    return [key, { x: at.x + by.x, y: at.y + by.y }] as const
  })
  useFlowStore
    .getState()
    .change(`Move ${nameOf(flow, moving)}`, (before) => moveNodes(before, Object.fromEntries(moved)), `nudge:${moving}`)
  return true
}

/** The places of all nodes, by the keys of a selection: agent, tools, notes, frames. */
function nodePlaces(flow: Flow): Map<string, Point> {
  const places = placesOf(flow)
  for (const [key, at] of groupPlaces(flow, places)) places.set(key, at)
  for (const { id, x, y } of flow.notes) places.set(noteKey(id), { x, y })
  return places
}
