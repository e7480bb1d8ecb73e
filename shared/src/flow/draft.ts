import { isObject } from '../lib/json.ts'

// A document as far as it can be understood. Its shape may be wrong in many places; what its parts mean to each other is checked all
// the same, so that a person sees every fault at once. What has no right shape is null here: that fault is told by `shape.ts`.

export interface DraftTool {
  path: readonly (string | number)[]
  name: string | null
  parameters: Record<string, unknown> | null
  /** The names of its parameters. */
  names: readonly string[]
  /** Whether it takes its declared parameters alone. */
  closed: boolean
  run: Record<string, unknown> | null
  exclusive: string | null
}

export interface DraftEdge {
  path: readonly (string | number)[]
  from: string | null
  to: string | null
  kind: 'order' | 'data' | null
  map: readonly (readonly [parameter: string, path: unknown])[] | null
}

export interface DraftGroup {
  path: readonly (string | number)[]
  id: string | null
  name: string | null
  /** Null stands where an entry is no text, so that places stay true. */
  tools: readonly (string | null)[]
}

export interface Draft {
  tools: readonly DraftTool[]
  edges: readonly DraftEdge[]
  layout: readonly string[]
  notes: readonly { path: readonly (string | number)[]; id: string | null }[]
  groups: readonly DraftGroup[]
  /** The first tool of each name. */
  toolNamed: ReadonlyMap<string, DraftTool>
}

/** Takes from any JSON value what can be taken for a flow. */
export function draftOf(document: unknown): Draft {
  const parts = isObject(document) ? document : {}
  const tools = listOf(parts.tools).map((tool, index) => draftTool(tool, ['tools', index]))
  const toolNamed = new Map<string, DraftTool>()
  for (const tool of tools) if (tool.name !== null && !toolNamed.has(tool.name)) toolNamed.set(tool.name, tool)
  return {
    tools,
    edges: listOf(parts.edges).map((edge, index) => draftEdge(edge, ['edges', index])),
    layout: isObject(parts.layout) ? Object.keys(parts.layout) : [],
    notes: listOf(parts.notes).map((note, index) => ({
      path: ['notes', index],
      id: isObject(note) ? textOf(note.id) : null,
    })),
    groups: listOf(parts.groups).map((group, index) => draftGroup(group, ['groups', index])),
    toolNamed,
  }
}

function draftTool(value: unknown, path: readonly (string | number)[]): DraftTool {
  const tool = isObject(value) ? value : {}
  const parameters = isObject(tool.parameters) ? tool.parameters : null
  return {
    path,
    name: textOf(tool.name),
    parameters,
    names: isObject(parameters?.properties) ? Object.keys(parameters.properties) : [],
    closed: parameters?.additionalProperties === false && parameters.patternProperties === undefined,
    run: isObject(tool.run) ? tool.run : null,
    exclusive: isObject(tool.policy) ? textOf(tool.policy.exclusive) : null,
  }
}

function draftEdge(value: unknown, path: readonly (string | number)[]): DraftEdge {
  const edge = isObject(value) ? value : {}
  return {
    path,
    from: textOf(edge.from),
    to: textOf(edge.to),
    kind: edge.kind === 'order' || edge.kind === 'data' ? edge.kind : null,
    map: isObject(edge.map) ? Object.entries(edge.map) : null,
  }
}

function draftGroup(value: unknown, path: readonly (string | number)[]): DraftGroup {
  const group = isObject(value) ? value : {}
  return { path, id: textOf(group.id), name: textOf(group.name), tools: listOf(group.tools).map(textOf) }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
