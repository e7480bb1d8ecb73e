import { groupsOf } from '@volley/shared/flow/editGroups.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { AGENT, groupKey, noteKey } from '../state/sessionStore.ts'

// How steps and what they are about are called, wherever undo tells of them. Pure.

/** `Undo: Add get_forecast`; null where there is no step. */
export const stepLabel = (verb: string, step: { name: string } | undefined): string | null =>
  step ? `${verb}: ${step.name}` : null

/** What a step is about, by the keys of a selection: `get_forecast`, `3 tools`, `the note`, `2 tools and 1 note`. */
export function nameOf(flow: Flow, keys: readonly string[]): string {
  const [first] = keys
  if (first !== undefined && keys.length === 1) return nameOfOne(flow, first)
  const tools = flow.tools.filter((tool) => keys.includes(tool.name)).length
  const notes = flow.notes.filter((note) => keys.includes(noteKey(note.id))).length
  const rest = keys.length - tools - notes
  const parts = [countOf(tools, 'tool'), countOf(notes, 'note'), countOf(rest, tools + notes > 0 ? 'other' : 'node')]
  return parts.filter((part) => part !== '').join(' and ')
}

/** `1 tool`, `3 tools`; nothing for none. */
export const countOf = (count: number, noun: string): string =>
  count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`

function nameOfOne(flow: Flow, key: string): string {
  if (key === AGENT) return 'the agent'
  if (flow.notes.some((note) => noteKey(note.id) === key)) return 'the note'
  const group = groupsOf(flow).find((one) => groupKey(one.id) === key)
  return group ? `the group ${group.name}` : key
}
