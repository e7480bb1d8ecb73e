import { isEqualJson } from '../lib/json.ts'
import type { Tool } from './flow.ts'
import { type ForeignTool, readTool } from './foreignTool.ts'
import { createNames } from './names.ts'

// The tools of an MCP server as tools of a flow. The flow's own copy is what the model sees and what arguments are checked against, so a
// server that changes its words later changes nothing until a person has seen the difference and taken it over.

export interface McpImport {
  tools: Tool[]
  /** What could not be taken as it is, as sentences. */
  notes: string[]
}

/** Tools as the server lists them, made tools of a flow that run there. Names are made legal and unlike those already `taken`. */
export function toolsFromMcp(server: string, listed: readonly unknown[], taken: Iterable<string> = []): McpImport {
  const names = createNames(taken)
  const notes: string[] = []
  const tools = listed.flatMap((value, index) => {
    const found = readTool(value)
    if (!found) {
      notes.push(
        `Entry ${index + 1} of "${server}" was left out: it is no tool with a name and a schema of parameters.`,
      )
      return []
    }
    const name = names.take(found.name)
    if (name !== found.name) notes.push(`"${found.name}" of "${server}" is called "${name}" now.`)
    return [toolOf(server, found, name)]
  })
  return { tools, notes }
}

export const MCP_PARTS = ['description', 'parameters', 'annotations'] as const
export type McpPart = (typeof MCP_PARTS)[number]

export interface McpChange {
  /** The tool in the flow, and as it would be after the change: its own name, policy and way to run stay. */
  before: Tool
  after: Tool
  parts: McpPart[]
}

export interface McpDifference {
  /** Tools the server has and the flow does not, named so that they fit in. */
  added: Tool[]
  /** Tools of the flow that the server no longer has. */
  removed: Tool[]
  changed: McpChange[]
}

/** What is different between a flow's tools of one server and the server's list. Nothing is changed by asking. */
export function diffMcpTools(flowTools: readonly Tool[], server: string, listed: readonly unknown[]): McpDifference {
  const own = flowTools.filter(({ run }) => run.kind === 'mcp' && run.server === server)
  const current = new Map(
    listed.flatMap((value) => {
      const found = readTool(value)
      return found ? [[found.name, found] as const] : []
    }),
  )
  const known = new Set(own.map(remoteName))
  const missing = [...current.values()].filter(({ name }) => !known.has(name))
  const names = createNames(flowTools.map(({ name }) => name))
  return {
    added: missing.map((found) => toolOf(server, found, names.take(found.name))),
    removed: own.filter((tool) => !current.has(remoteName(tool))),
    changed: own.flatMap((before) => {
      const found = current.get(remoteName(before))
      if (!found) return []
      const after = takenOver(before, toolOf(server, found, before.name))
      const parts = MCP_PARTS.filter((part) => !isSamePart(before, after, part))
      return parts.length > 0 ? [{ before, after, parts }] : []
    }),
  }
}

const remoteName = ({ run }: Tool) => (run.kind === 'mcp' ? run.tool : '')

function isSamePart(one: Tool, other: Tool, part: McpPart): boolean {
  if (part === 'description') return (one.description ?? '') === (other.description ?? '')
  return isEqualJson(one[part] ?? {}, other[part] ?? {})
}

function takenOver(before: Tool, fresh: Tool): Tool {
  const { description: _description, annotations: _annotations, ...kept } = before
  const { description, annotations, parameters } = fresh
  return {
    ...kept,
    parameters,
    ...(description === undefined ? {} : { description }),
    ...(annotations === undefined ? {} : { annotations }),
  }
}

function toolOf(
  server: string,
  { name: remote, description, parameters, annotations }: ForeignTool,
  name: string,
): Tool {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    parameters: parameters as Tool['parameters'],
    run: { kind: 'mcp', server, tool: remote },
    ...(annotations === undefined ? {} : { annotations }),
  }
}
