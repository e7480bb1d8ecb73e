import { isObject, type Json, type JsonObject } from '../lib/json.ts'
import { err, ok } from '../lib/result.ts'
import { type Edited, renameKey, updateTool, withoutKeys, withScript } from './edit.ts'
import type { Flow, Tool } from './flow.ts'

// Changes to a tool's parameters: its JSON Schema, and what follows from a name: maps of edges, placeholders, mock cases, the script.

/** The schemas of a tool's parameters by name, in order. Empty when the schema has none. */
export function propertiesOf(tool: Tool): Record<string, Json> {
  const { properties } = tool.parameters
  return isObject(properties) ? (properties as Record<string, Json>) : {}
}

export function requiredOf(tool: Tool): string[] {
  const { required } = tool.parameters
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []
}

/** Why a name cannot be a parameter's, or null when it can. `except` is the parameter that has it now. */
export function parameterNameFault(flow: Flow, toolName: string, name: string, except?: string): string | null {
  if (name === '') return 'A parameter needs a name.'
  if (!PARAMETER_NAME.test(name))
    return 'A name has 1 to 64 letters, digits, "_", "-" or ".", since models accept nothing else.'
  if (RESERVED.has(name)) return `"${name}" is reserved by JavaScript; take another name.`
  const tool = flow.tools.find((one) => one.name === toolName)
  if (tool && name !== except && Object.hasOwn(propertiesOf(tool), name))
    return `"${toolName}" already has a parameter "${name}".`
  if (flow.edges.some((edge) => edge.to === toolName && edge.from === name && edge.map))
    return `The tool "${name}" fills values here, and its call's number goes by that name; take another one.`
  return null
}

/** The wanted name, or the first of `wanted_2`, `wanted_3` … that can be a new parameter's. */
export function freeParameterName(flow: Flow, toolName: string, wanted = 'parameter'): string {
  if (!parameterNameFault(flow, toolName, wanted)) return wanted
  for (let number = 2; ; number++) {
    const suffix = `_${number}`
    const name = wanted.slice(0, MOST_NAME_CHARS - suffix.length) + suffix
    if (!parameterNameFault(flow, toolName, name)) return name
  }
}

export function addParameter(flow: Flow, tool: string, name: string, schema: JsonObject = { type: 'string' }): Edited {
  const fault = parameterNameFault(flow, tool, name)
  if (fault) return err(fault)
  return ok(withProperties(flow, tool, (properties) => ({ ...properties, [name]: schema })))
}

/** Takes a parameter away, and with it the map entries that filled it. */
export function removeParameter(flow: Flow, tool: string, name: string): Flow {
  const next = updateTool(flow, tool, (one) => ({
    ...one,
    parameters: {
      ...one.parameters,
      properties: withoutKeys(propertiesOf(one), (key) => key === name),
      ...requiredEntry(one, (required) => required.filter((other) => other !== name)),
    },
  }))
  return withKnownMaps(next, tool)
}

/** Renames a parameter, and follows it through maps, placeholders, mock cases and the script. */
export function renameParameter(flow: Flow, tool: string, from: string, to: string): Edited {
  if (from === to) return ok(flow)
  const fault = parameterNameFault(flow, tool, to, from)
  if (fault) return err(fault)
  const renamed = updateTool(flow, tool, (one) => ({
    ...withPlaceholder(one, from, to),
    parameters: {
      ...one.parameters,
      properties: renameKey(propertiesOf(one), from, to),
      ...requiredEntry(one, (required) => required.map((name) => (name === from ? to : name))),
    },
  }))
  const edges = renamed.edges.map((edge) =>
    edge.to === tool && edge.map ? { ...edge, map: renameKey(edge.map, from, to) } : edge,
  )
  return ok(
    withScript({ ...renamed, edges }, (call) =>
      call.tool === tool && call.arguments ? { ...call, arguments: renameKey(call.arguments, from, to) } : call,
    ),
  )
}

/** Puts a parameter at another place in the list. */
export function moveParameter(flow: Flow, tool: string, name: string, to: number): Flow {
  return withProperties(flow, tool, (properties) => {
    const entries = Object.entries(properties)
    const from = entries.findIndex(([key]) => key === name)
    if (from < 0) return properties
    const [entry] = entries.splice(from, 1)
    if (entry) entries.splice(Math.max(0, Math.min(to, entries.length)), 0, entry)
    return Object.fromEntries(entries)
  })
}

/** Changes one parameter's schema; entries that come out `undefined` are taken away. */
export function updateParameter(
  flow: Flow,
  tool: string,
  name: string,
  change: Record<string, Json | undefined>,
): Flow {
  return withProperties(flow, tool, (properties) => {
    const before = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (before === undefined) return properties
    const merged = { ...(isObject(before) ? before : {}), ...change }
    const schema = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as JsonObject
    return { ...properties, [name]: schema }
  })
}

export function setRequired(flow: Flow, tool: string, name: string, isRequired: boolean): Flow {
  return updateTool(flow, tool, (one) => {
    const others = requiredOf(one).filter((other) => other !== name)
    return { ...one, parameters: { ...one.parameters, required: isRequired ? [...others, name] : others } }
  })
}

/** Sets the whole schema; map entries of parameters that are gone go with them. */
export function setParameters(flow: Flow, tool: string, parameters: JsonObject): Flow {
  return withKnownMaps(
    updateTool(flow, tool, (one) => ({ ...one, parameters })),
    tool,
  )
}

const MOST_NAME_CHARS = 64
const PARAMETER_NAME = /^[a-zA-Z0-9_.-]{1,64}$/
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

function withProperties(flow: Flow, tool: string, change: (properties: Record<string, Json>) => Record<string, Json>) {
  return updateTool(flow, tool, (one) => ({
    ...one,
    parameters: { ...one.parameters, properties: change(propertiesOf(one)) },
  }))
}

/** `required` only where the schema had it: a schema without the word stays without. */
function requiredEntry(tool: Tool, change: (required: string[]) => string[]): { required?: string[] } {
  return Array.isArray(tool.parameters.required) ? { required: change(requiredOf(tool)) } : {}
}

/** Maps into a tool without the entries of parameters that it does not have; a map without entries is none. */
function withKnownMaps(flow: Flow, toolName: string): Flow {
  const tool = flow.tools.find((one) => one.name === toolName)
  if (!tool) return flow
  const known = propertiesOf(tool)
  const edges = flow.edges.map((edge) => {
    if (edge.to !== toolName || !edge.map) return edge
    const { map, ...plain } = edge
    if (Object.hasOwn(known, edge.from)) return plain
    const kept = withoutKeys(map, (key) => !Object.hasOwn(known, key))
    return Object.keys(kept).length > 0 ? { ...plain, map: kept } : plain
  })
  return { ...flow, edges }
}

/** A tool whose placeholders and mock cases speak of a parameter under its new name. */
function withPlaceholder(tool: Tool, from: string, to: string): Tool {
  const pattern = new RegExp(`\\{\\{\\s*${from.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&')}\\s*\\}\\}`, 'g')
  const follow = <Value>(value: Value): Value => {
    if (typeof value === 'string') return value.replace(pattern, () => `{{${to}}}`) as Value
    if (Array.isArray(value)) return value.map(follow) as Value
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, follow(inner)])) as Value
    return value
  }
  const exclusive = tool.policy?.exclusive
  const policy = exclusive === undefined ? {} : { policy: { ...tool.policy, exclusive: follow(exclusive) } }
  return { ...tool, ...policy, run: runWithPlaceholder(tool.run, from, to, follow) }
}

function runWithPlaceholder(run: Tool['run'], from: string, to: string, follow: <V>(value: V) => V): Tool['run'] {
  if (run.kind === 'http') return follow(run)
  if (run.kind !== 'mock') return run
  const followed = follow(run)
  return run.cases && followed.cases
    ? { ...followed, cases: followed.cases.map((one) => ({ ...one, when: renameKey(one.when, from, to) })) }
    : followed
}
