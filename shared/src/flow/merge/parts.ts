import { jsonPointer } from '../../lib/json.ts'
import { groupsOf, withGroups } from '../editGroups.ts'
import { type Agent, type Edge, FLOW_FORMAT, type Flow, type Group, type Note, type Point, type Tool } from '../flow.ts'
import { each, SIDES, type Sides } from './sides.ts'

export const PART_KINDS = ['flow', 'agent', 'tools', 'edges', 'groups', 'layout', 'notes'] as const
export type PartKind = (typeof PART_KINDS)[number]

/** A part of a document that is there or not as a whole: a tool by its name, an edge by its ends, a note or group by its id. */
export type Part =
  | { kind: 'flow' | 'agent'; name: string; value: unknown }
  | { kind: 'tools'; name: string; value: Tool }
  | { kind: 'edges'; name: string; value: Edge }
  | { kind: 'groups'; name: string; value: Group }
  | { kind: 'layout'; name: string; value: Point }
  | { kind: 'notes'; name: string; value: PlacedNote }

/** A note, its place and its size each one thing. */
type PlacedNote = Pick<Note, 'id' | 'text'> & { place: Point; size: Pick<Note, 'width' | 'height'> }

/** The parts of a document by their pointers, in its order. */
export type Parts = ReadonlyMap<string, Part>

/** The parts of each side. */
export function partsOf(sides: Sides<Flow>): Sides<Parts> {
  const names = edgeNames(sides)
  return each(sides, (flow) => new Map(listParts(flow, names).map((part) => [pointerOf(part), part])))
}

export const pathOf = ({ kind, name }: Pick<Part, 'kind' | 'name'>): string[] => [kind, name]

/** Where a path of a part leads, as a JSON Pointer in which names stand in place of positions. */
export const pointerAt = ([kind, ...rest]: readonly string[]): string =>
  jsonPointer(kind === 'flow' ? rest : [kind ?? '', ...rest])
export const pointerOf = (part: Pick<Part, 'kind' | 'name'>): string => pointerAt(pathOf(part))

/**
 * The document made of parts. A group holds the tools that there are; one that lost them all is none, unless a side had it empty already.
 */
export function flowOf(parts: readonly Part[], wasEmpty: (group: string) => boolean): Flow {
  const valuesOf = <Kind extends PartKind>(kind: Kind) =>
    parts.flatMap((part) => (part.kind === kind ? [part.value as Extract<Part, { kind: Kind }>['value']] : []))
  const fieldsOf = (kind: PartKind) =>
    Object.fromEntries(parts.flatMap((part) => (part.kind === kind ? [[part.name, part.value]] : [])))
  const { model, ...agent } = fieldsOf('agent')
  const tools = valuesOf('tools')
  const known = new Set(tools.map((tool) => tool.name))
  const groups = valuesOf('groups').map((group) => ({ ...group, tools: group.tools.filter((name) => known.has(name)) }))
  const flow: Flow = {
    format: FLOW_FORMAT,
    // Each field comes from a document, so it is what the field must be.
    ...(fieldsOf('flow') as Pick<Flow, 'name' | 'description'>),
    agent: { ...(model as object), ...agent } as Agent,
    tools,
    edges: valuesOf('edges'),
    layout: fieldsOf('layout') as Flow['layout'],
    notes: valuesOf('notes').map(({ place, size, ...note }) => ({ ...note, ...place, ...size })),
  }
  return withGroups(
    flow,
    groups.filter(({ id, tools: members }) => members.length > 0 || wasEmpty(id)),
  )
}

function listParts(flow: Flow, edgeName: (edge: Edge) => string): Part[] {
  const { provider, model, ...agent } = flow.agent
  const named = numberer()
  return [
    { kind: 'flow', name: 'name', value: flow.name },
    { kind: 'flow', name: 'description', value: flow.description },
    { kind: 'agent', name: 'model', value: { provider, model } },
    ...Object.entries(agent).map(([name, value]): Part => ({ kind: 'agent', name, value })),
    ...flow.tools.map((value): Part => ({ kind: 'tools', name: value.name, value })),
    ...flow.edges.map((value): Part => ({ kind: 'edges', name: named(edgeName(value)), value })),
    ...groupsOf(flow).map((value): Part => ({ kind: 'groups', name: value.id, value })),
    ...Object.entries(flow.layout).map(([name, value]): Part => ({ kind: 'layout', name, value })),
    ...flow.notes.map((value): Part => ({ kind: 'notes', name: value.id, value: placed(value) })),
  ]
}

const placed = ({ x, y, id, text, ...size }: Note): PlacedNote => ({ id, text, place: { x, y }, size })

/** An edge goes by its ends; where a document has several between them, by its kind as well. */
function edgeNames(sides: Sides<Flow>): (edge: Edge) => string {
  const ends = ({ from, to }: Edge) => `${from} → ${to}`
  const several = new Set(
    SIDES.flatMap((side) => {
      const seen = new Set<string>()
      return sides[side].edges.map(ends).filter((name) => seen.has(name) || !seen.add(name))
    }),
  )
  return (edge) => (several.has(ends(edge)) ? `${ends(edge)} (${edge.kind})` : ends(edge))
}

/** Gives names back, numbered from their second time on: nothing forbids an edge that stands twice. */
export function numberer(): (name: string) => string {
  const counts = new Map<string, number>()
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} #${count}`
  }
}
