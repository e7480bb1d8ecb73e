import { isObject } from '@volley/shared/lib/json.ts'

export interface SubSchema {
  /** Where it stands, from the root of the schema. */
  path: readonly (string | number)[]
  schema: Record<string, unknown>
}

const ONE = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]
const LIST = ['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems']
const MAP = ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties']

/** Every schema inside a schema, itself first. What merely looks like one (in `default`, `const`, `enum`, `examples`) is data. */
export function* subSchemas(schema: unknown, path: readonly (string | number)[] = []): Generator<SubSchema> {
  if (!isObject(schema)) return
  yield { path, schema }
  for (const key of ONE) yield* subSchemas(ownValue(schema, key), [...path, key])
  for (const key of LIST) {
    const list = ownValue(schema, key)
    if (Array.isArray(list))
      for (const [index, inner] of list.entries()) yield* subSchemas(inner, [...path, key, index])
  }
  for (const key of MAP) {
    const map = ownValue(schema, key)
    if (isObject(map)) for (const [name, inner] of Object.entries(map)) yield* subSchemas(inner, [...path, key, name])
  }
}

const ownValue = (schema: Record<string, unknown>, key: string) =>
  Object.hasOwn(schema, key) ? schema[key] : undefined
