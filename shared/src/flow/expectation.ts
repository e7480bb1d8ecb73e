import { isObject } from '../lib/json.ts'
import { listOr } from '../lib/words.ts'
import { flowJsonSchema, type SchemaNode } from './jsonSchema.ts'

/** What may stand at one place of a document. */
export interface Expectation {
  /** As it follows "must be": `a whole number from 0 to 20`. */
  what: string
  /** The keys an object may have there; null where it may have any. */
  keys: string[] | null
}

/** What the flow schema asks for at a path of this document; the document decides which kind of run is meant. */
export function expectationAt(document: unknown, path: readonly PropertyKey[]): Expectation {
  let node: SchemaNode = flowJsonSchema()
  let value: unknown = document
  for (const key of path) {
    node = chosen(node, value)
    node =
      typeof key === 'number'
        ? (node.items ?? ANY)
        : ownNode(node.properties, String(key)) || node.additionalProperties || ANY
    value = isObject(value) || Array.isArray(value) ? (value as Record<PropertyKey, unknown>)[key] : undefined
  }
  const here = chosen(node, value)
  return { what: describe(here), keys: here.additionalProperties === false ? Object.keys(here.properties ?? {}) : null }
}

const ANY: SchemaNode = {}

/** Of the kinds of run the one that the value names. */
function chosen(node: SchemaNode, value: unknown): SchemaNode {
  if (!node.oneOf || !isObject(value)) return node
  return node.oneOf.find((one) => one.properties?.kind?.const === value.kind) ?? { properties: { kind: kindOf(node) } }
}

function kindOf(node: SchemaNode): SchemaNode {
  return { enum: (node.oneOf ?? []).map((one) => one.properties?.kind?.const) }
}

function describe(node: SchemaNode): string {
  if (node.const !== undefined) return `"${node.const}"`
  if (node.enum) return listOr(node.enum.map(String))
  if (node.oneOf) return `an object with "kind" ${describe(kindOf(node))}`
  switch (node.type) {
    case 'integer':
      return `a whole number${range(node)}`
    case 'number':
      return `a number${range(node)}`
    case 'boolean':
      return 'true or false'
    case 'string':
      return text(node)
    case 'array':
      return 'a list'
    case 'object':
      return 'an object'
    default:
      return 'a JSON value'
  }
}

function range({ minimum, maximum }: SchemaNode): string {
  const least = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`
  if (least !== undefined) return ` of at least ${least}`
  return most === undefined ? '' : ` of at most ${most}`
}

function text({ minLength, maxLength, pattern }: SchemaNode): string {
  if (pattern !== undefined) return '1 to 64 letters, digits, "_" or "-"'
  if (maxLength !== undefined) return `text of ${minLength ?? 0} to ${maxLength} characters`
  return minLength === undefined ? 'text' : 'text that is not empty'
}

function ownNode(properties: Record<string, SchemaNode> | undefined, key: string): SchemaNode | undefined {
  return properties && Object.hasOwn(properties, key) ? properties[key] : undefined
}
