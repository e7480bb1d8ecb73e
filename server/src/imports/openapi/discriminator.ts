import { isObject } from '@volley/shared/lib/json.ts'
import { below, type Place } from './source.ts'

/**
 * A schema whose alternatives are told apart by one property: JSON Schema has no `discriminator`, so each alternative says itself which
 * values the property takes for it.
 */
export function discriminated(place: Place, schema: Record<string, unknown>): Record<string, unknown> {
  const discriminator = below(place, 'discriminator')
  const property = isObject(discriminator.value) ? discriminator.value.propertyName : undefined
  const key = schema.oneOf !== undefined ? 'oneOf' : 'anyOf'
  const translated = schema[key]
  if (typeof property !== 'string' || !Array.isArray(translated)) return schema
  const alternatives = translated.map((inner: unknown, index) => {
    const { value } = below(below(place, key), index)
    const ref = isObject(value) ? value.$ref : undefined
    if (typeof ref !== 'string') return inner
    const values = valuesFor(ref, below(discriminator, 'mapping').value)
    const says = {
      properties: { [property]: values.length === 1 ? { const: values[0] } : { enum: values } },
      required: [property],
    }
    return { allOf: [inner, says] }
  })
  return { ...schema, [key]: alternatives }
}

/** The values that stand for a schema: those mapped to it by its `$ref` or its name, else its name. */
function valuesFor(ref: string, mapping: unknown): string[] {
  const name = ref.split('/').pop() ?? ref
  if (!isObject(mapping)) return [name]
  const mapped = Object.entries(mapping)
    .filter(([, target]) => target === ref || target === name)
    .map(([value]) => value)
  return mapped.length > 0 ? mapped : [name]
}
