import { type Clip, clipOf, paste } from '@volley/shared/flow/edit.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { freePlace, placesOf } from './layout.ts'

// What was copied, kept in the browser's storage so that it can be pasted into another flow, also in another tab.

const KEY = 'volley.clip'
let clip: Clip | null = null

export function copyTools(names: readonly string[]) {
  clip = clipOf(currentFlow(), names)
  try {
    localStorage.setItem(KEY, JSON.stringify(clip))
  } catch {
    // A full or forbidden storage: the clip stays in this tab.
  }
}

/** What was copied last, in this tab or another; null when nothing was. */
export function copied(): Clip | null {
  const found = storedClip() ?? clip
  return found && found.tools.length > 0 ? found : null
}

/** Adds tools to the flow where they cover no other, and selects them: one step. */
export function pasteTools(name: string, pasted: Clip) {
  const flow = currentFlow()
  const places = Object.values(pasted.layout)
  const corner = { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) }
  const start = places.length > 0 ? corner : { x: 0, y: 0 }
  const free = freePlace(placesOf(flow).values(), start)
  const added = paste(flow, pasted, { x: free.x - start.x, y: free.y - start.y })
  useFlowStore.getState().change(name, () => added.flow)
  useSessionStore.getState().select(added.names)
}

function storedClip(): Clip | null {
  try {
    const text = localStorage.getItem(KEY)
    return text ? (JSON.parse(text) as Clip) : null
  } catch {
    return null
  }
}
