import { freeNoteId, freeToolName, roundPoint } from './edit.ts'
import { freeGroupId, groupsOf, wholeGroups, withGroups } from './editGroups.ts'
import { propertiesOf } from './editParameters.ts'
import type { Edge, Flow, Group, Note, Point, Tool } from './flow.ts'

/** The format of what copy puts on the clipboard: parts of a flow document, under the same names and in the same shapes. */
export const CLIP_FORMAT = 'volley.clip/1'

/** Some of a flow's tools with the edges between them, their places, the groups that are whole, and notes. */
export interface Clip {
  tools: Tool[]
  edges: Edge[]
  layout: Record<string, Point>
  groups: Group[]
  notes: Note[]
}

/** What copy takes: the named tools with all that lies among them, and notes by their ids. */
export function clipOf(flow: Flow, names: readonly string[], noteIds: readonly string[] = []): Clip {
  const chosen = new Set(names)
  return {
    tools: flow.tools.filter((tool) => chosen.has(tool.name)),
    edges: flow.edges.filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
    layout: Object.fromEntries(Object.entries(flow.layout).filter(([name]) => chosen.has(name))),
    groups: wholeGroups(flow, names),
    notes: flow.notes.filter((note) => noteIds.includes(note.id)),
  }
}

/** A clip as the text that goes to the clipboard. Parts that are empty are left out. */
export function clipText(clip: Clip): string {
  const { tools, edges, layout, groups, notes } = clip
  const parts = {
    format: CLIP_FORMAT,
    tools,
    ...(edges.length > 0 ? { edges } : {}),
    layout,
    ...(groups.length > 0 ? { groups } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  }
  return `${JSON.stringify(parts, null, 2)}\n`
}

export interface Pasted {
  flow: Flow
  /** The names and ids that the pasted tools and notes got. */
  names: string[]
  noteIds: string[]
}

/** Adds what was copied, under free names and ids, moved by `offset`. */
export function paste(flow: Flow, clip: Clip, offset: Point): Pasted {
  const given = namesFor(flow, clip.tools)
  const nameOf = (name: string) => given.get(name) ?? name
  const moved = ({ x, y }: Point): Point => roundPoint({ x: x + offset.x, y: y + offset.y })
  const placeOf = (name: string): Point => (Object.hasOwn(clip.layout, name) && clip.layout[name]) || { x: 0, y: 0 }
  const places = clip.tools.map((tool) => [nameOf(tool.name), moved(placeOf(tool.name))] as const)
  const notes = pastedNotes(flow, clip.notes, moved)
  const pasted: Flow = {
    ...flow,
    tools: [...flow.tools, ...clip.tools.map((tool) => ({ ...tool, name: nameOf(tool.name) }))],
    edges: [...flow.edges, ...pastedEdges(clip, nameOf)],
    layout: { ...flow.layout, ...Object.fromEntries(places) },
    notes: [...flow.notes, ...notes],
  }
  return {
    flow: withGroups(pasted, [...groupsOf(flow), ...pastedGroups(flow, clip.groups, nameOf)]),
    names: [...given.values()],
    noteIds: notes.map((note) => note.id),
  }
}

/** Copies tools beside themselves. */
export const duplicate = (flow: Flow, names: readonly string[], offset: Point = { x: 40, y: 40 }) =>
  paste(flow, clipOf(flow, names), offset)

function namesFor(flow: Flow, tools: readonly Tool[]): Map<string, string> {
  const given = new Map<string, string>()
  const taken = new Set<string>()
  for (const tool of tools) {
    const name = freeToolName(flow, tool.name, taken)
    given.set(tool.name, name)
    taken.add(name)
  }
  return given
}

/** A new name of a source may be a parameter of a target by chance; such an edge comes without its map. One into nowhere stays behind. */
function pastedEdges(clip: Clip, nameOf: (name: string) => string): Edge[] {
  const known = new Set(clip.tools.map((tool) => tool.name))
  const whole = clip.edges.filter((edge) => known.has(edge.from) && known.has(edge.to))
  return whole.map((edge) => {
    const target = clip.tools.find((tool) => tool.name === edge.to)
    const clashes = edge.map && target && Object.hasOwn(propertiesOf(target), nameOf(edge.from))
    const { map, ...plain } = edge
    return { ...(clashes || !map ? plain : edge), from: nameOf(edge.from), to: nameOf(edge.to) }
  })
}

function pastedNotes(flow: Flow, notes: readonly Note[], moved: (at: Point) => Point): Note[] {
  const ids = flow.notes.map((note) => note.id)
  return notes.map((note) => {
    const id = freeNoteId(ids)
    ids.push(id)
    return { ...note, ...moved(note), id }
  })
}

function pastedGroups(flow: Flow, groups: readonly Group[], nameOf: (name: string) => string): Group[] {
  const ids = groupsOf(flow).map((group) => group.id)
  return groups.map((group) => {
    const id = freeGroupId(ids)
    ids.push(id)
    return { ...group, id, tools: group.tools.map(nameOf) }
  })
}
