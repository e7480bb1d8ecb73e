import { parallelismOf } from '../flow/defaults.ts'
import type { Flow, Tool } from '../flow/flow.ts'
import { isObject } from '../lib/json.ts'
import { fillText } from '../lib/template.ts'
import { type PlanGraph, planGraph } from './planGraph.ts'

// What the model is shown: the tools, their schemas widened for references, and a few lines on how calls of one message relate.

export interface ToolView {
  name: string
  description: string
  parameters: Record<string, unknown>
}

/** The tools of a flow as its model sees them. In `graph` the schemas of tools with a data edge take references, too. */
export function toolsForModel(flow: Flow): ToolView[] {
  const references = parallelismOf(flow.agent) === 'graph'
  const graph = planGraph(flow, { references })
  return flow.tools.map((tool) => ({
    name: tool.name,
    description: tool.description ?? '',
    parameters: references ? parametersForModel(tool, graph) : tool.parameters,
  }))
}

/** The agent's instructions with the run's variables in them, and what Volley adds on how calls relate. */
export function systemForModel(flow: Flow, runVariables: Readonly<Record<string, string>> = {}): string {
  const { system = '', variables = {} } = flow.agent
  const values: Record<string, string> = { ...variables, ...runVariables }
  const filled = fillText(system, (name) => (Object.hasOwn(values, name) ? values[name] : `{{${name}}}`))
  return [filled, instructionsForModel(flow)].filter((part) => part.trim() !== '').join('\n\n')
}

/**
 * The generated part of the instructions: nothing without edges, else which tool runs after which and, in `graph`, how an argument
 * stands for a result. Short, since every request carries it.
 */
export function instructionsForModel(flow: Flow): string {
  const parallelism = parallelismOf(flow.agent)
  if (parallelism === 'serial' || flow.edges.length === 0) return ''
  const graph = planGraph(flow, { references: parallelism === 'graph' })
  const lines = [
    'Call every tool you need in one message: independent calls run at once, and this order is kept for you.',
  ]
  const mapped: string[] = []
  const referring: string[] = []
  for (const [tool, edges] of graph.incoming) {
    if (edges.length === 0) continue
    lines.push(`- ${tool} runs after ${edges.map((edge) => edge.from).join(', ')}`)
    const data = edges.filter((edge) => edge.kind === 'data')
    if (data.length > 0) referring.push(`${tool} (from ${data.map((edge) => edge.from).join(', ')})`)
    for (const edge of data) {
      const parameters = Object.keys(edge.map)
      if (parameters.length > 0)
        mapped.push(
          `- ${tool} takes ${parameters.join(', ')} from a ${edge.from} call: give that call's number as "${edge.from}".`,
        )
    }
  }
  if (parallelism === 'graph' && referring.length > 0) {
    lines.push(
      'Calls are numbered 1, 2, 3 … in the order you emit them, over the whole conversation.',
      ...mapped,
      `Do not wait for a value another call will give. In ${referring.join('; ')} an argument may be {"from_call": 1, "path": "a.b[0]"}: the value at that path of call 1's result; without "path" the whole result; with "text": "about {} km" the value inside that text.`,
    )
  }
  return lines.join('\n')
}

function parametersForModel(tool: Tool, graph: PlanGraph): Record<string, unknown> {
  const data = (graph.incoming.get(tool.name) ?? []).filter((edge) => edge.kind === 'data')
  if (data.length === 0) return tool.parameters
  const hidden = new Set(data.flatMap((edge) => Object.keys(edge.map)))
  const definition = freeName(tool.parameters.$defs, 'call_reference')
  const reference = { $ref: `#/$defs/${definition}` }
  const { properties, required, $defs, ...rest } = tool.parameters

  const shown: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(isObject(properties) ? properties : {})) {
    if (!hidden.has(name)) shown[name] = widened(schema, reference)
  }
  for (const edge of data) {
    const parameters = Object.keys(edge.map)
    if (parameters.length === 0) continue
    shown[edge.from] = {
      type: 'integer',
      minimum: 1,
      description: `The number of the ${edge.from} call to take ${parameters.join(', ')} from.`,
    }
  }
  const stillRequired = Array.isArray(required) ? required.filter((name) => !hidden.has(String(name))) : []
  return {
    ...rest,
    properties: shown,
    ...(stillRequired.length > 0 ? { required: stillRequired } : {}),
    $defs: { ...definitionsInside($defs, reference), [definition]: REFERENCE_SCHEMA },
  }
}

const REFERENCE_SCHEMA = {
  type: 'object',
  description: "A value of an earlier call's result.",
  properties: { from_call: { type: 'integer', minimum: 1 }, path: { type: 'string' }, text: { type: 'string' } },
  required: ['from_call'],
  additionalProperties: false,
}

/** A schema that takes a reference, too; its description stays in sight. */
function widened(schema: unknown, reference: object): unknown {
  if (schema === false) return schema
  const inner = widenedInside(schema, reference)
  if (!isObject(inner)) return { anyOf: [inner, reference] }
  const { description, ...rest } = inner
  return { ...(description === undefined ? {} : { description }), anyOf: [rest, reference] }
}

/** The same schema with its parts widened. */
function widenedInside(schema: unknown, reference: object): unknown {
  if (!isObject(schema)) return schema
  const next: Record<string, unknown> = { ...schema }
  for (const key of ['properties', 'patternProperties'])
    if (isObject(schema[key])) next[key] = widenedEach(schema[key], reference)
  for (const key of ['items', 'additionalProperties'])
    if (isObject(schema[key])) next[key] = widened(schema[key], reference)
  if (Array.isArray(schema.prefixItems)) next.prefixItems = schema.prefixItems.map((part) => widened(part, reference))
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    if (Array.isArray(schema[key])) next[key] = schema[key].map((part) => widenedInside(part, reference))
  }
  for (const key of ['$defs', 'definitions'])
    if (isObject(schema[key])) next[key] = definitionsInside(schema[key], reference)
  return next
}

/** Definitions take references in their parts alone: where one is used, the place of use is widened. */
function definitionsInside(definitions: unknown, reference: object): Record<string, unknown> {
  return isObject(definitions)
    ? Object.fromEntries(Object.entries(definitions).map(([name, part]) => [name, widenedInside(part, reference)]))
    : {}
}

function widenedEach(schemas: unknown, reference: object): Record<string, unknown> {
  return isObject(schemas)
    ? Object.fromEntries(Object.entries(schemas).map(([name, part]) => [name, widened(part, reference)]))
    : {}
}

function freeName(taken: unknown, wanted: string): string {
  let name = wanted
  while (isObject(taken) && Object.hasOwn(taken, name)) name += '_'
  return name
}
