import { isObject } from '@volley/shared/lib/json.ts'

/** A tool as a request offers it, and what the instructions say about its place among the others. */
export interface OfferedTool {
  name: string
  description: string
  properties: Record<string, Property>
  required: string[]
  /** The tools it runs after. */
  after: string[]
}

export interface Property {
  schema: Record<string, unknown>
  /** A call's number may stand for the value, with a path into its result. */
  takesReference: boolean
  /** The tool whose call's number this parameter is. */
  callOf: string | undefined
}

/** Reads the offered tools; `system` holds the lines that tell the order in which they run. */
export function readTools(
  tools: readonly { name: string; description: string; parameters: unknown }[],
  system: string,
): OfferedTool[] {
  const names = new Set(tools.map(({ name }) => name))
  const order = readOrder(system, names)
  return tools.map(({ name, description, parameters }) => {
    const schema = isObject(parameters) ? parameters : {}
    const properties = isObject(schema.properties) ? schema.properties : {}
    const after = order.get(name) ?? []
    return {
      name,
      description,
      after,
      required: Array.isArray(schema.required) ? schema.required.filter((one) => typeof one === 'string') : [],
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, readProperty(key, value, after)]),
      ),
    }
  })
}

function readProperty(name: string, value: unknown, after: readonly string[]): Property {
  const schema = isObject(value) ? value : {}
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray)
  const own = choices?.filter((choice) => !isReference(choice)) ?? []
  const takesReference = choices !== undefined && own.length < choices.length
  const isNumberOfCall = after.includes(name) && schema.type === 'integer'
  return {
    // What the parameter was before references were let in; what stands beside the choices (a description) holds for it too.
    schema: takesReference && isObject(own[0]) ? { ...schema, ...own[0] } : schema,
    takesReference,
    callOf: isNumberOfCall ? name : undefined,
  }
}

function isReference(choice: unknown): boolean {
  return isObject(choice) && isObject(choice.properties) && 'from_call' in choice.properties
}

/** The lines `- get_forecast runs after geocode, get_time` of the instructions. */
function readOrder(system: string, names: ReadonlySet<string>): Map<string, string[]> {
  const order = new Map<string, string[]>()
  for (const [, tool = '', list = ''] of system.matchAll(/^- ([\w-]{1,64}) runs after ([\w-]+(?:, ?[\w-]+)*)/gm)) {
    const sources = list.split(/, ?/).filter((source) => names.has(source) && source !== tool)
    if (names.has(tool)) order.set(tool, [...new Set([...(order.get(tool) ?? []), ...sources])])
  }
  return order
}
