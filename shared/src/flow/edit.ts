import { err, ok, type Result } from '../lib/result.ts'
import { ungroupTools, withRenamedMembers } from './editGroups.ts'
import { propertiesOf } from './editParameters.ts'
import { type Agent, type Flow, type Note, type Point, type RunKind, TOOL_NAME, type Tool } from './flow.ts'

// Every change that a person makes to a flow's tools, agent and notes: flow in, flow out, the input untouched. An edit of a valid
// flow gives a valid flow; one that cannot says why instead. Edges and parameters have files of their own beside this one.

/** The key under which `layout` keeps the agent's place. */
export const AGENT_PLACE = 'agent'

/** The flow after an edit, or why there is none. */
export type Edited = Result<Flow, string>

// --- tools

/** Why a name cannot be a tool's, or null when it can. `except` is the tool that has it now. */
export function toolNameFault(flow: Flow, name: string, except?: string): string | null {
  if (name === '') return 'A tool needs a name.'
  if (!TOOL_NAME.test(name)) return 'A name has 1 to 64 letters, digits, "_" or "-", and nothing else.'
  if (RESERVED.has(name)) return `"${name}" is reserved by JavaScript and by the agent; take another name.`
  if (name !== except && flow.tools.some((tool) => tool.name === name)) return `Another tool is named "${name}".`
  return null
}

/** The wanted name, or the first of `wanted_2`, `wanted_3` … that no tool has. */
export function freeToolName(flow: Flow, wanted: string, taken: ReadonlySet<string> = new Set()): string {
  const used = new Set([...flow.tools.map((tool) => tool.name), ...taken, ...RESERVED])
  const legal = wanted.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64) || 'tool'
  if (!used.has(legal)) return legal
  const base = legal.slice(0, 58)
  for (let number = 2; ; number++) if (!used.has(`${base}_${number}`)) return `${base}_${number}`
}

/** A tool of a kind as it is first put on the canvas: it is complete and does something harmless. */
export function newTool(kind: RunKind, name: string): Tool {
  const parameters = { type: 'object', properties: {}, required: [] }
  const shape = { name, description: '', parameters }
  switch (kind) {
    case 'http':
      return {
        ...shape,
        run: { kind, method: 'GET', url: 'https://api.example.com/' },
        annotations: { readOnlyHint: true, destructiveHint: false },
      }
    case 'code':
      return { ...shape, run: { kind, source: 'export default async (args) => {\n  return args\n}\n' } }
    case 'mcp':
      return { ...shape, run: { kind, server: 'server', tool: name } }
    case 'flow':
      return {
        ...shape,
        parameters: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] },
        run: { kind, flow: 'flow-id' },
      }
    case 'mock':
      return {
        ...shape,
        run: { kind, result: { ok: true }, latencyMs: 300 },
        annotations: { readOnlyHint: true, destructiveHint: false },
      }
  }
}

/** Puts a tool on the canvas; a name that is taken gets a number. */
export function addTool(flow: Flow, tool: Tool, at: Point): Flow {
  const name = freeToolName(flow, tool.name)
  return {
    ...flow,
    tools: [...flow.tools, name === tool.name ? tool : { ...tool, name }],
    layout: { ...flow.layout, [name]: roundPoint(at) },
  }
}

/** Takes tools away with all that speaks of them: edges, places, groups, lines of the script. */
export function removeTools(flow: Flow, names: readonly string[]): Flow {
  const gone = new Set(names)
  if (!flow.tools.some((tool) => gone.has(tool.name))) return flow
  const tools = flow.tools.filter((tool) => !gone.has(tool.name))
  const isLeft = (name: string) => !gone.has(name)
  return withScript(
    {
      ...ungroupTools(flow, names),
      tools,
      edges: flow.edges.filter((edge) => isLeft(edge.from) && isLeft(edge.to)),
      layout: withoutKeys(flow.layout, (key) => gone.has(key) && key !== AGENT_PLACE),
    },
    (call) => (gone.has(call.tool) ? null : call),
  )
}

/** Renames a tool everywhere it is spoken of: edges, place, group, script, and the script's arguments that carry its call's number. */
export function renameTool(flow: Flow, from: string, to: string): Edited {
  if (from === to) return ok(flow)
  const fault = toolNameFault(flow, to, from)
  if (fault) return err(fault)
  const mapped = flow.edges.filter((edge) => edge.from === from && edge.map).map((edge) => edge.to)
  const clash = flow.tools.find((tool) => mapped.includes(tool.name) && Object.hasOwn(propertiesOf(tool), to))
  if (clash)
    return err(`"${clash.name}" takes values of this tool and has a parameter "${to}"; a tool cannot be named like it.`)
  const renamed = (name: string) => (name === from ? to : name)
  const next: Flow = {
    ...withRenamedMembers(flow, from, to),
    tools: flow.tools.map((tool) => (tool.name === from ? { ...tool, name: to } : tool)),
    edges: flow.edges.map((edge) =>
      edge.from === from || edge.to === from ? { ...edge, from: renamed(edge.from), to: renamed(edge.to) } : edge,
    ),
    layout: Object.fromEntries(
      Object.entries(flow.layout).map(([key, place]) => [key === AGENT_PLACE ? key : renamed(key), place]),
    ),
  }
  return ok(
    withScript(next, (call) => {
      const carries = mapped.includes(call.tool) && call.arguments && Object.hasOwn(call.arguments, from)
      if (call.tool !== from && !carries) return call
      const args = carries && call.arguments ? { arguments: renameKey(call.arguments, from, to) } : {}
      return { ...call, ...args, tool: renamed(call.tool) }
    }),
  )
}

/** Changes anything of a tool but its name, which `renameTool` does. */
export function updateTool(flow: Flow, name: string, change: (tool: Tool) => Tool): Flow {
  return {
    ...flow,
    tools: flow.tools.map((tool) => (tool.name === name ? { ...change(tool), name: tool.name } : tool)),
  }
}

/** Puts nodes where they were moved to: names of tools, or the agent's key. Names that no node has are left out. */
export function move(flow: Flow, places: Readonly<Record<string, Point>>): Flow {
  const known = new Set([AGENT_PLACE, ...flow.tools.map((tool) => tool.name)])
  const moved = Object.entries(places)
    .filter(([name]) => known.has(name))
    .map(([name, place]) => [name, roundPoint(place)] as const)
    .filter(([name, place]) => {
      const before = Object.hasOwn(flow.layout, name) ? flow.layout[name] : undefined
      return before?.x !== place.x || before?.y !== place.y
    })
  return moved.length === 0 ? flow : { ...flow, layout: { ...flow.layout, ...Object.fromEntries(moved) } }
}

// --- the rest of the document

export const setName = (flow: Flow, name: string): Flow => ({ ...flow, name: name.slice(0, 200) || 'Untitled flow' })
export const setDescription = (flow: Flow, description: string): Flow => ({ ...flow, description })
/** Changes parts of the agent; one that is given as `undefined` is taken out and takes its default again. */
export const setAgent = (flow: Flow, change: { [Key in keyof Agent]?: Agent[Key] | undefined }): Flow => ({
  ...flow,
  agent: withoutUndefined({ ...flow.agent, ...change }) as Agent,
})

/** The first of `n1`, `n2` … that no note has, counted from how many there are. */
export function freeNoteId(taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number++) if (!taken.includes(`n${number}`)) return `n${number}`
}
export const addNote = (flow: Flow, note: Note): Flow => ({ ...flow, notes: [...flow.notes, note] })
export const removeNotes = (flow: Flow, ids: readonly string[]): Flow => {
  const notes = flow.notes.filter((note) => !ids.includes(note.id))
  return notes.length === flow.notes.length ? flow : { ...flow, notes }
}
export const updateNote = (flow: Flow, id: string, change: Partial<Omit<Note, 'id'>>): Flow => ({
  ...flow,
  notes: flow.notes.map((note) => (note.id === id ? { ...note, ...change } : note)),
})

// --- helpers

const RESERVED = new Set(['__proto__', 'constructor', 'prototype', AGENT_PLACE])

type ScriptCall = NonNullable<NonNullable<NonNullable<Agent['settings']>['script']>[number]['calls']>[number]

/** The flow with each call of its script changed, or taken out for null. */
export function withScript(flow: Flow, change: (call: ScriptCall) => ScriptCall | null): Flow {
  const script = flow.agent.settings?.script
  if (!script) return flow
  const next = script.map((turn) =>
    turn.calls ? { ...turn, calls: turn.calls.map(change).filter((call) => call !== null) } : turn,
  )
  return { ...flow, agent: { ...flow.agent, settings: { ...flow.agent.settings, script: next } } }
}

/** The same object with one key under another name, in its old place. */
export function renameKey<Value>(object: Record<string, Value>, from: string, to: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key === from ? to : key, value]))
}

export function withoutKeys<Value>(object: Record<string, Value>, isGone: (key: string) => boolean) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !isGone(key)))
}

function withoutUndefined<Shape extends object>(object: Shape): Shape {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Shape
}

export const roundPoint = ({ x, y }: Point): Point => ({ x: Math.round(x) + 0, y: Math.round(y) + 0 })
