import { type Clip, clipOf, clipText, paste } from '@volley/shared/flow/clip.ts'
import { groupsOf } from '@volley/shared/flow/editGroups.ts'
import type { Flow, Point } from '@volley/shared/flow/flow.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { noteKey, useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { toast } from '../ui/toast.tsx'
import { freePlace, isSeenWhole, NODE_HEIGHT, NODE_WIDTH, placesOf, type Size, takenPlaces } from './layout.ts'
import { countOf, nameOf } from './stepNames.ts'
import { targetNotes, targetTools } from './targets.ts'

// What is copied is a text of its own format. It goes to the system's clipboard, and to the browser's storage for the menu's Paste,
// which may not read the clipboard without asking.

const KEY = 'volley.clip'
let kept: string | null = null

/** What is selected, as the text that is copied; null when nothing is. */
export function selectedText(): string | null {
  const clip = clipWithPlaces(currentFlow(), targetTools(), targetNotes())
  return clip.tools.length + clip.notes.length > 0 ? clipText(clip) : null
}

/** Keeps a copied text for the menu's Paste, in this tab and others. */
export function keepText(text: string) {
  kept = text
  try {
    localStorage.setItem(KEY, text)
  } catch {
    // A full or forbidden storage: the text stays in this tab.
  }
}

/** What was copied last, in this tab or another; null when nothing was. */
export function keptText(): string | null {
  try {
    return localStorage.getItem(KEY) ?? kept
  } catch {
    return kept
  }
}

/** Adds what a text holds to the flow, or says what was expected; the reader comes when it is first needed. */
export async function pasteText(text: string): Promise<void> {
  const pointer = canvasView()?.pointer() ?? null
  const { readClip } = await import('@volley/shared/flow/readClip.ts')
  const read = readClip(text)
  if (!read.ok) {
    const { message, problems } = read.error
    return void toast.problem(`Nothing was pasted. ${message}`, wordsOf(problems.map(saidOf)))
  }
  const { flow, format, notes } = read.value
  const pasted = pasteClip('Paste', wholeClip(flow), pointer)
  if (format === 'volley') toast.done(`Pasted ${pasted} of “${flow.name}”.`, 'Its agent was left out.')
  else if (format !== 'clip') toast.done(`Pasted ${pasted}.`, wordsOf(notes.map(({ message }) => message)))
}

/** Adds a clip with its middle at a point, or beside its old place, where it covers no tool, and selects it: one step. Tells what it was. */
export function pasteClip(verb: string, clip: Clip, middle: Point | null = null): string {
  const flow = currentFlow()
  const { x, y, width, height } = boxOf(clip)
  const wanted = middle ? { x: middle.x - width / 2, y: middle.y - height / 2 } : { x, y }
  const seen = canvasView()?.seen() ?? null
  const free = freePlace(takenPlaces(flow), wanted, seen, { width, height })
  const { flow: next, names, noteIds } = paste(flow, clip, { x: free.x - x, y: free.y - y })
  const keys = [...names, ...noteIds.map(noteKey)]
  const what = nameOf(next, keys)
  useFlowStore.getState().change(`${verb} ${what}`, () => next)
  useSessionStore.getState().select(keys)
  if (!(middle && free === wanted) && !isSeenWhole(free, seen, { width, height }))
    setTimeout(() => canvasView()?.fit(), 60)
  return keys.length === 1 && names.length === 1 ? countOf(1, 'tool') : what
}

/** All of a flow but its agent. */
export const wholeClip = (flow: Flow): Clip => ({
  ...clipWithPlaces(
    flow,
    flow.tools.map((tool) => tool.name),
    flow.notes.map((note) => note.id),
  ),
  groups: [...groupsOf(flow)],
})

/** What copy takes, each tool with the place where it is seen, also where the document names none. */
export function clipWithPlaces(flow: Flow, names: readonly string[], noteIds: readonly string[]): Clip {
  const places = placesOf(flow)
  const layout = names.map((name) => [name, places.get(name) ?? { x: 0, y: 0 }] as const)
  return { ...clipOf(flow, names, noteIds), layout: Object.fromEntries(layout) }
}

function boxOf({ layout, notes }: Clip): Point & Size {
  const boxes = [
    ...Object.values(layout).map((at) => ({ ...at, width: NODE_WIDTH, height: NODE_HEIGHT })),
    ...notes.map(({ x, y, width = 180, height = 80 }) => ({ x, y, width, height })),
  ]
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  }
}

const saidOf = ({ pointer, message }: { pointer: string; message: string }) =>
  pointer ? `${message} (at ${pointer})` : message

/** The first of some sentences, and how many more there are. */
function wordsOf(sentences: readonly string[]): string | undefined {
  const [first, ...more] = sentences
  return more.length === 0 ? first : `${first} And ${more.length} more.`
}
