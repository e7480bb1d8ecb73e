import { isObject, type Json } from '../lib/json.ts'
import { shorten } from '../lib/words.ts'
import { jsonType, schemaType } from './resultFields.ts'

// One parameter's schema as a form shows and changes it. What a form does not know stays as it is.

export const PARAMETER_TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'] as const

type Schema = Readonly<Record<string, Json>>
/** Entries to set; those that are undefined are taken away. */
export type SchemaChange = Record<string, Json | undefined>

const NUMBER_WORDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']
/** The words of a schema that mean something for one type alone. */
const WORDS_OF: Record<string, readonly string[]> = {
  string: ['minLength', 'maxLength', 'pattern', 'format', 'contentEncoding', 'contentMediaType'],
  number: NUMBER_WORDS,
  integer: NUMBER_WORDS,
  array: ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems', 'minContains', 'maxContains'],
  object: ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties', 'maxProperties'],
}

/** What has to change for a schema to be of another type: what only the old one knew goes, choices and a default that do not fit too. */
export function retyped(schema: Schema, type: string): SchemaChange {
  const kept = new Set(WORDS_OF[type] ?? [])
  const change: SchemaChange = { type }
  for (const words of Object.values(WORDS_OF))
    for (const word of words) if (Object.hasOwn(schema, word) && !kept.has(word)) change[word] = undefined
  if (Array.isArray(schema.enum)) {
    const fitting = schema.enum.filter((one) => isOfType(one, type))
    change.enum = fitting.length > 0 ? fitting : undefined
  }
  for (const word of ['default', 'const'])
    if (Object.hasOwn(schema, word) && !isOfType(schema[word], type)) change[word] = undefined
  // Providers refuse a list that does not say what it holds.
  if (type === 'array' && !Object.hasOwn(schema, 'items')) change.items = { type: 'string' }
  return change
}

export const isOfType = (value: unknown, type: string) =>
  jsonType(value) === type || (type === 'number' && jsonType(value) === 'integer')

/** What a schema asks beside its type, each in a few words: `1 to 14`, `default 3`, `date`, `lat, lon inside`. */
export function schemaFacts(schema: Schema): string[] {
  const facts: string[] = []
  if (Array.isArray(schema.enum))
    facts.push(`one of ${shorten(schema.enum.map((one) => JSON.stringify(one)).join(', '), 60)}`)
  if (Object.hasOwn(schema, 'const')) facts.push(`always ${shorten(JSON.stringify(schema.const), 30)}`)
  facts.push(...rangeWords(schema.minimum, schema.maximum, ''))
  if (schema.exclusiveMinimum !== undefined) facts.push(`more than ${schema.exclusiveMinimum}`)
  if (schema.exclusiveMaximum !== undefined) facts.push(`less than ${schema.exclusiveMaximum}`)
  facts.push(
    ...rangeWords(schema.minLength, schema.maxLength, ' characters'),
    ...rangeWords(schema.minItems, schema.maxItems, ' items'),
  )
  if (typeof schema.format === 'string') facts.push(schema.format)
  if (typeof schema.pattern === 'string') facts.push(`pattern ${shorten(schema.pattern, 30)}`)
  if (isObject(schema.items)) facts.push(`of ${schemaType(schema.items)}${insideWords(schema.items)}`)
  else if (insideWords(schema) !== '') facts.push(insideWords(schema).trim())
  for (const word of ['anyOf', 'oneOf', 'allOf']) {
    const parts = schema[word]
    if (Array.isArray(parts)) facts.push(`${word === 'allOf' ? 'all' : 'one'} of ${parts.length} schemas`)
  }
  if (Object.hasOwn(schema, 'default')) facts.push(`default ${shorten(JSON.stringify(schema.default), 30)}`)
  return facts
}

function insideWords(schema: Record<string, unknown>): string {
  const names = isObject(schema.properties) ? Object.keys(schema.properties) : []
  return names.length === 0 ? '' : ` ${shorten(names.join(', '), 50)} inside`
}

function rangeWords(least: Json | undefined, most: Json | undefined, unit: string): string[] {
  if (least === undefined && most === undefined) return []
  if (least === undefined) return [`at most ${most}${unit}`]
  return [most === undefined ? `at least ${least}${unit}` : `${least} to ${most}${unit}`]
}
