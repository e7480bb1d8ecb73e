import { isObject } from '@volley/shared/lib/json.ts'
import type { Schema } from './schemas.ts'

/** The properties of a body that is one plain object, so that they can be parameters of their own. */
export interface BodyParts {
  properties: Map<string, unknown>
  required: Set<string>
  /** What else it may hold; undefined where it does not say. */
  additional: unknown
}

/** What says more than a list of properties can: such a body stays whole. */
const WHOLE = [
  'oneOf',
  'anyOf',
  'not',
  'if',
  'patternProperties',
  'propertyNames',
  'dependentSchemas',
  'dependentRequired',
  'unevaluatedProperties',
]
const MOST_LEVELS = 20

/** Takes an object schema apart, `allOf` and `$ref` included; null where it is anything but a plain object with known properties. */
export function partsOf(schema: Schema, definition: (ref: string) => Schema | undefined): BodyParts | null {
  const parts: BodyParts = { properties: new Map(), required: new Set(), additional: undefined }
  const gather = (one: unknown, levels: number): boolean => {
    if (!isObject(one) || levels > MOST_LEVELS || WHOLE.some((key) => one[key] !== undefined)) return false
    const types = one.type === undefined ? ['object'] : [one.type].flat()
    if (!types.includes('object')) return false
    const behind = typeof one.$ref === 'string' ? [definition(one.$ref)] : []
    const all = Array.isArray(one.allOf) ? one.allOf : []
    if (![...behind, ...all].every((inner) => gather(inner, levels + 1))) return false
    for (const [name, inner] of Object.entries(isObject(one.properties) ? one.properties : {})) {
      const before = parts.properties.get(name)
      parts.properties.set(name, before === undefined ? inner : { allOf: [before, inner] })
    }
    for (const name of Array.isArray(one.required) ? one.required : []) parts.required.add(String(name))
    if (one.additionalProperties !== undefined) parts.additional = one.additionalProperties
    return true
  }
  return gather(schema, 0) && parts.properties.size > 0 ? parts : null
}
