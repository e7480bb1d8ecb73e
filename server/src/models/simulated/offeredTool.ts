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
    const isReference = referenceTest(schema.$defs)
    return {
      name,
      description,
      after,
      required: Array.isArray(schema.required) ? schema.required.filter((one) => typeof one === 'string') : [],
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, readProperty(key, value, after, isReference)]),
      ),
    }
  })
}

function readProperty(name: string, value: unknown, after: readonly string[], isReference: Test): Property {
  const schema = isObject(value) ? value : {}
  return {
    schema: ownSchema(schema, isReference),
    takesReference: choicesOf(schema).some(isReference),
    callOf: after.includes(name) && schema.type === 'integer' ? name : undefined,
  }
}

type Test = (choice: unknown) => boolean

/** What a schema was before references were let in, in its parts too; what stands beside the choices (a description) holds for it. */
function ownSchema(schema: Record<string, unknown>, isReference: Test): Record<string, unknown> {
  const choices = choicesOf(schema)
  const own = choices.filter((choice) => !isReference(choice))
  const [first] = own
  const { anyOf: _anyOf, ...beside } = schema
  const plain = own.length === 1 && own.length < choices.length && isObject(first) ? { ...beside, ...first } : schema
  return {
    ...plain,
    ...(isObject(plain.items) ? { items: ownSchema(plain.items, isReference) } : {}),
    ...(isObject(plain.properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(plain.properties).map(([name, part]) => [
              name,
              isObject(part) ? ownSchema(part, isReference) : part,
            ]),
          ),
        }
      : {}),
  }
}

function choicesOf(schema: Record<string, unknown>): unknown[] {
  return Array.isArray(schema.anyOf) ? schema.anyOf : []
}

/** Whether a choice is the object that stands for a call's result, written out or defined once for the whole tool. */
function referenceTest(definitions: unknown): Test {
  const isOne = (choice: unknown) => isObject(choice) && isObject(choice.properties) && 'from_call' in choice.properties
  return (choice) => {
    if (!isObject(choice)) return false
    const [, name] = /^#\/\$defs\/([\w-]+)$/.exec(typeof choice.$ref === 'string' ? choice.$ref : '') ?? []
    return isOne(choice) || (name !== undefined && isObject(definitions) && isOne(definitions[name]))
  }
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
