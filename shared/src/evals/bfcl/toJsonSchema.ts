import type { Json, JsonObject } from '../../lib/json.ts'
import { isTypedObject, plainJson, type Typed } from './typedJson.ts'

const TYPES: Record<string, string> = {
  dict: 'object',
  object: 'object',
  float: 'number',
  number: 'number',
  integer: 'integer',
  string: 'string',
  boolean: 'boolean',
  array: 'array',
  tuple: 'array',
}

/** The leaderboard's dialect of types as JSON Schema. A type that it does not know, such as `any`, allows every value. */
export function toJsonSchema(declared: Typed | undefined): JsonObject {
  if (!isTypedObject(declared)) return {}
  const schema: JsonObject = {}
  for (const [key, value] of Object.entries(declared)) {
    if (key === 'type') {
      const type = typeof value === 'string' && Object.hasOwn(TYPES, value) ? TYPES[value] : undefined
      if (type !== undefined) schema.type = type
    } else if (key === 'properties' && isTypedObject(value)) {
      schema.properties = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJsonSchema(inner)]))
    } else if (key === 'items') schema.items = toJsonSchema(value)
    else if (key === 'enum' && Array.isArray(value)) schema.enum = [...new Set(value.map(plainJson))] as Json[]
    // `optional` is no word of JSON Schema; what may be left out stands not in `required`.
    else if (key !== 'optional') schema[key] = plainJson(value)
  }
  return schema
}
