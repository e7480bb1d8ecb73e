import { addTool, type Edited } from '../flow/edit.ts'
import { connect, updateEdge } from '../flow/editEdges.ts'
import {
  addParameter,
  freeParameterName,
  parameterNameFault,
  propertiesOf,
  setRequired,
} from '../flow/editParameters.ts'
import { FLOW_FORMAT, type Flow, type Tool } from '../flow/flow.ts'
import { createNames } from '../flow/names.ts'
import type { Problem } from '../flow/problem.ts'
import { isObject, type Json, type JsonObject, jsonPointer } from '../lib/json.ts'
import { parsePath, readPath } from '../lib/path.ts'
import type { Sketch, SketchParameter, SketchTool } from './sketch.ts'

const MOCK_LATENCY_MS = 500

/**
 * The document of a sketch: every tool a mock with its made-up result, names made legal, edges drawn by the same edits a person's are.
 * What cannot be had is left out and told; nothing of the sketch is ever run.
 */
export function flowOfSketch(
  sketch: Sketch,
  agent: { provider: string; model: string },
): { flow: Flow; problems: Problem[] } {
  const problems: Problem[] = []
  const names = createNames()
  const given = new Map<string, SketchedTool>()
  let flow: Flow = {
    format: FLOW_FORMAT,
    name: sketch.name,
    description: sketch.description,
    agent: { ...agent, system: sketch.system },
    tools: [],
    edges: [],
    layout: { agent: { x: 0, y: 0 } },
    notes: [],
  }
  for (const [index, tool] of sketch.tools.entries()) {
    const name = names.take(tool.name)
    if (name !== tool.name)
      problems.push({
        pointer: jsonPointer(['tools', index, 'name']),
        message: given.has(tool.name)
          ? `Two tools were called "${tool.name}": the second is "${name}" now.`
          : `"${tool.name}" cannot be a tool's name: it is "${name}" now.`,
      })
    flow = addTool(flow, toolOf(tool, name), { x: 360, y: index * 148 })
    const parameters = new Map<string, string>()
    for (const parameter of tool.parameters) {
      const added = withParameter(flow, name, parameter)
      flow = added.flow
      parameters.set(parameter.name, added.name)
    }
    // An edge means the first tool of a name.
    if (!given.has(tool.name)) given.set(tool.name, { name, result: tool.result, parameters })
  }
  for (const edge of sketch.edges) {
    const [from, to] = [given.get(edge.from), given.get(edge.to)]
    const drawn = from && to ? connect(flow, from.name, to.name) : noSuchTool(from ? edge.to : edge.from)
    if (!from || !to || !drawn.ok) {
      const reason = drawn.ok ? '' : drawn.error
      problems.push({
        pointer: '/edges',
        message: `The edge from "${edge.from}" to "${edge.to}" is left out: ${reason}`,
      })
      continue
    }
    flow = drawn.value
    for (const [wanted, path] of Object.entries(edge.map)) {
      const mapped = withMapping(flow, { from, to }, to.parameters.get(wanted) ?? wanted, path)
      if (mapped.ok) flow = mapped.value
      else
        problems.push({
          pointer: jsonPointer(['edges', flow.edges.length - 1]),
          message: `"${wanted}" of "${to.name}" is not filled from "${from.name}": ${mapped.error}`,
        })
    }
  }
  return { flow, problems }
}

/** A tool of the sketch as the flow has it: its own name, and its parameters' by the names the sketch gave them. */
interface SketchedTool {
  name: string
  result: Record<string, unknown>
  parameters: ReadonlyMap<string, string>
}

function toolOf(tool: SketchTool, name: string): Tool {
  return {
    name,
    description: tool.description,
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
    run: { kind: 'mock', result: tool.result as JsonObject, latencyMs: MOCK_LATENCY_MS },
    annotations: tool.changes
      ? { destructiveHint: tool.asksFirst }
      : { readOnlyHint: true, idempotentHint: true, destructiveHint: false },
    ...(tool.asksFirst ? { policy: { approval: 'always' as const } } : {}),
  }
}

/** The tool with one more parameter, under the nearest name that it can have. */
function withParameter(flow: Flow, tool: string, parameter: SketchParameter): { flow: Flow; name: string } {
  const plain = parameter.name.replace(/[^a-zA-Z0-9_.-]+/g, '_')
  const wanted = parameterNameFault(flow, tool, parameter.name) === null ? parameter.name : plain
  const isUsable = parameterNameFault(emptied(flow, tool), tool, wanted) === null
  const name = freeParameterName(flow, tool, isUsable ? wanted : 'parameter')
  const added = addParameter(flow, tool, name, schemaOf(parameter))
  const next = added.ok ? added.value : flow
  return { flow: parameter.required ? setRequired(next, tool, name, true) : next, name }
}

/** The flow with that tool's parameters taken out: whether a name can be used at all, taken or not. */
function emptied(flow: Flow, name: string): Flow {
  return {
    ...flow,
    tools: flow.tools.map((tool) =>
      tool.name === name ? { ...tool, parameters: { ...tool.parameters, properties: {} } } : tool,
    ),
  }
}

function schemaOf({ type, description, choices }: SketchParameter): JsonObject {
  return {
    type,
    ...(description === '' ? {} : { description }),
    ...(type === 'array' ? { items: {} } : {}),
    ...(type === 'string' && choices ? { enum: [...new Set(choices)] } : {}),
  }
}

/** The flow with one parameter filled along the edge between two tools, or why it cannot be. */
function withMapping(
  flow: Flow,
  { from, to }: { from: SketchedTool; to: SketchedTool },
  parameter: string,
  path: string,
): Edited {
  const edge = flow.edges.find((one) => one.from === from.name && one.to === to.name)
  if (!edge) return { ok: false, error: 'there is no edge between them.' }
  const parsed = parsePath(path)
  if (!parsed.ok) return { ok: false, error: `"${path}" is no path: ${parsed.error}.` }
  const found = readPath(from.result, parsed.value)
  if (!found.found) return { ok: false, error: `its made-up result has nothing at "${path}".` }
  const target = flow.tools.find((tool) => tool.name === to.name)
  const schema = target && propertiesOf(target)[parameter]
  if (schema !== undefined && !fits(found.value, schema))
    return { ok: false, error: `the value at "${path}" has another type than the parameter.` }
  return updateEdge(flow, edge, { kind: 'data', map: { ...edge.map, [parameter]: path } })
}

/** Whether a made-up value is of the type a parameter has. A text with a placeholder may become anything. */
function fits(value: unknown, schema: Json): boolean {
  const type = isObject(schema) ? schema.type : undefined
  if (typeof value === 'string' && value.includes('{{')) return true
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return type === undefined || typeof value === type
  }
}

const noSuchTool = (name: string): Edited => ({ ok: false, error: `there is no tool "${name}".` })
