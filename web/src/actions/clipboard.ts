import { type Clip, clipOf } from '@volley/shared/flow/edit.ts'
import { currentFlow } from '../state/flowStore.ts'

// What was copied, kept in the browser's storage so that it can be pasted into another flow, also in another tab.

const KEY = 'volley.clip'
let clip: Clip | null = null
let pastes = 0

export function copyTools(names: readonly string[]) {
  clip = clipOf(currentFlow(), names)
  pastes = 0
  try {
    localStorage.setItem(KEY, JSON.stringify(clip))
  } catch {
    // A full or forbidden storage: the clip stays in this tab.
  }
}

/** What was copied last, and how far to move it so that repeated pastes do not cover each other. */
export function clipToPaste(): { clip: Clip; offset: { x: number; y: number } } | null {
  const found = storedClip() ?? clip
  if (!found || found.tools.length === 0) return null
  pastes++
  return { clip: found, offset: { x: 40 * pastes, y: 40 * pastes } }
}

function storedClip(): Clip | null {
  try {
    const text = localStorage.getItem(KEY)
    return text ? (JSON.parse(text) as Clip) : null
  } catch {
    return null
  }
}
