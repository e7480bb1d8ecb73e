import type { Edge, Flow, Note, Tool } from '@volley/shared/flow/flow.ts'
import { AGENT, edgeKey, noteKey } from './sessionStore.ts'

export type Selected =
  | { is: 'nothing' }
  | { is: 'agent' }
  | { is: 'tool'; tool: Tool }
  | { is: 'edge'; edge: Edge }
  | { is: 'note'; note: Note }
  | { is: 'several'; count: number }

/** What a selection means in this flow. Keys of what is no longer there count for nothing. */
export function selectedIn(flow: Flow, selection: readonly string[]): Selected {
  const found = selection.map((key) => findSelected(flow, key)).filter((one) => one !== null)
  const [first] = found
  if (!first) return { is: 'nothing' }
  return found.length === 1 ? first : { is: 'several', count: found.length }
}

/** The tools among a selection, as the flow orders them. */
export const selectedTools = (flow: Flow, selection: readonly string[]): string[] =>
  flow.tools.map((tool) => tool.name).filter((name) => selection.includes(name))

function findSelected(flow: Flow, key: string): Selected | null {
  if (key === AGENT) return { is: 'agent' }
  const tool = flow.tools.find((one) => one.name === key)
  if (tool) return { is: 'tool', tool }
  const edge = flow.edges.find((one) => edgeKey(one) === key)
  if (edge) return { is: 'edge', edge }
  const note = flow.notes.find((one) => noteKey(one.id) === key)
  return note ? { is: 'note', note } : null
}
