import { groupsOf } from '@volley/shared/flow/editGroups.ts'
import { selectedTools } from '../state/selection.ts'
import { noteKey } from '../state/sessionStore.ts'
import { type Now, now } from './action.ts'

type Chosen = Pick<Now, 'flow' | 'selection'>

/** The tool that something begins at: the one that has the keyboard's focus, else the only one that is selected. */
export function startTool(at: Chosen = now()): string | null {
  const focused = focusedOn('tool')
  if (typeof focused === 'string' && at.flow.tools.some((tool) => tool.name === focused)) return focused
  const [only, ...others] = selectedTools(at.flow, at.selection)
  return only !== undefined && others.length === 0 ? only : null
}

/** The tools that an action is about: the selected ones, else the one that has the keyboard's focus, or those of the focused group. */
export function targetTools({ flow, selection }: Chosen = now()): string[] {
  const chosen = selectedTools(flow, selection)
  if (chosen.length > 0 || selection.length > 0) return chosen
  const focused = focusedOn('tool')
  if (typeof focused === 'string') return flow.tools.some((tool) => tool.name === focused) ? [focused] : []
  const group = focusedOn('tool-group')
  return [...(groupsOf(flow).find((one) => one.id === group)?.tools ?? [])]
}

/** The ids of the notes that an action is about: the selected ones, else the one that has the keyboard's focus. */
export function targetNotes({ flow, selection }: Chosen = now()): string[] {
  const ids = flow.notes.map((note) => note.id)
  if (selection.length > 0) return ids.filter((id) => selection.includes(noteKey(id)))
  const focused = focusedOn('note')
  return ids.filter((id) => id === focused)
}

/** Tools and notes, as a selection names them. */
export const targetKeys = (at: Chosen = now()): string[] => [...targetTools(at), ...targetNotes(at).map(noteKey)]

const focusedOn = (thing: 'tool' | 'tool-group' | 'note'): string | null | undefined =>
  document.activeElement?.closest(`[data-${thing}]`)?.getAttribute(`data-${thing}`)

/** Whether there is something to copy, and no words are selected: then they are what is copied. */
export const canCopy = (at: Chosen): boolean =>
  targetKeys(at).length > 0 && (window.getSelection()?.isCollapsed ?? true)
