import { isObject, type Json } from '@volley/shared/lib/json.ts'

// What is typed for a tool's arguments, and what is sent: pure. A text that was left empty stands for an argument that is left out.

export type Entry =
  | { is: 'text' | 'number' | 'whole number' | 'json'; name: string; isRequired: boolean; hint: string }
  | { is: 'choice'; name: string; isRequired: boolean; hint: string; choices: Json[] }

/** The name under which the whole of the arguments is typed, where a schema has no list of them. */
export const WHOLE = ''

/** One field for each parameter; one for all of them where the schema does not list any but takes some. */
export function entriesOf(parameters: Readonly<Record<string, unknown>>): Entry[] {
  const properties = isObject(parameters.properties) ? parameters.properties : {}
  const required = new Set(Array.isArray(parameters.required) ? parameters.required : [])
  const names = Object.keys(properties)
  if (names.length > 0)
    return names.map((name) => entryOf(name, isObject(properties[name]) ? properties[name] : {}, required.has(name)))
  const takesMore = ['anyOf', 'oneOf', 'allOf', '$ref', 'patternProperties'].some((key) => key in parameters)
  const isOpen = isObject(parameters.additionalProperties) || parameters.additionalProperties === true
  return takesMore || isOpen ? [{ is: 'json', name: WHOLE, isRequired: false, hint: 'an object' }] : []
}

function entryOf(name: string, schema: Record<string, unknown>, isRequired: boolean): Entry {
  const about = typeof schema.description === 'string' ? schema.description : ''
  const shape = { name, isRequired, hint: about }
  const choices = Array.isArray(schema.enum) ? schema.enum : schema.type === 'boolean' ? [true, false] : null
  if (choices?.every((one) => one === null || typeof one !== 'object'))
    return { is: 'choice', ...shape, choices: choices as Json[] }
  if (schema.type === 'string') return { is: 'text', ...shape }
  if (schema.type === 'number') return { is: 'number', ...shape }
  if (schema.type === 'integer') return { is: 'whole number', ...shape }
  return { is: 'json', ...shape }
}

export interface Given {
  arguments: Record<string, unknown>
  /** By the name of the entry: why its text is no value. */
  faults: Record<string, string>
}

/** The arguments that were typed. What breaks the schema is for the server to say; what is no value at all is said here. */
export function argumentsOf(entries: readonly Entry[], typed: Readonly<Record<string, string>>): Given {
  const given: Given = { arguments: {}, faults: {} }
  for (const entry of entries) {
    const text = Object.hasOwn(typed, entry.name) ? (typed[entry.name] ?? '') : ''
    if (text === '' && !(entry.is === 'text' && entry.isRequired)) {
      if (entry.isRequired) given.faults[entry.name] = 'This argument is required.'
      continue
    }
    const read = entry.is === 'text' ? { ok: true as const, value: text } : readJson(text, entry)
    if (!read.ok) given.faults[entry.name] = read.error
    else if (entry.name !== WHOLE) given.arguments[entry.name] = read.value
    else if (isObject(read.value)) given.arguments = read.value
    else given.faults[WHOLE] = 'The arguments must be an object: { "name": … }.'
  }
  return given
}

type Read = { ok: true; value: unknown } | { ok: false; error: string }

function readJson(text: string, entry: Entry): Read {
  try {
    const value = JSON.parse(text) as unknown
    const isNumber = entry.is === 'number' || entry.is === 'whole number'
    return isNumber && typeof value !== 'number' ? { ok: false, error: 'This is no number.' } : { ok: true, value }
  } catch {
    if (entry.is === 'number' || entry.is === 'whole number') return { ok: false, error: 'This is no number.' }
    return { ok: false, error: 'This is no JSON yet: texts stand in quotes.' }
  }
}
