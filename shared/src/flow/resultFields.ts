import { isObject } from '../lib/json.ts'
import { type Path, printPath } from '../lib/path.ts'
import { onlyPlaceholder } from '../lib/template.ts'
import { shorten } from '../lib/words.ts'

// What can be taken out of a tool's result: its fields as a tree, read off a value or off a JSON Schema. The path of each is the
// contract's own, so that what is picked can be written into a map as it stands.

export interface ResultField {
  /** The last step of the way: `lat`, `[0]`. */
  name: string
  /** The whole way into the result, as a map takes it. */
  path: string
  /** JSON Schema's word for what it holds; several are joined by ` | `; `any` where nothing is known. */
  type: string
  /** One value, cut short; null where none was seen. */
  sample: string | null
  /** What a schema says of it. */
  about: string | null
  fields: readonly ResultField[]
}

/** The whole result: what it is, and what is inside. */
export type ResultTree = Pick<ResultField, 'type' | 'sample' | 'fields'>

const MOST_FIELDS = 400
const MOST_ITEMS = 3
const MOST_DEPTH = 12

/** The fields of a value. Of a list the first items stand for all. */
export function fieldsOfValue(value: unknown, typeOf: (value: unknown) => string = jsonType): ResultTree {
  return valueTree(value, [], { left: MOST_FIELDS }, typeOf)
}

/** The fields that a JSON Schema promises. References into its own `$defs` are followed, each way once. */
export function fieldsOfSchema(schema: unknown): ResultTree {
  return schemaTree(schema, [], { left: MOST_FIELDS }, { root: schema, seen: [] })
}

/** The fields of a mock's result: a text that is one placeholder becomes the argument, and has the argument's type. */
export function fieldsOfMock(result: unknown, parameters: Readonly<Record<string, unknown>>): ResultTree {
  const properties = isObject(parameters.properties) ? parameters.properties : {}
  return fieldsOfValue(result, (value) => {
    const name = typeof value === 'string' ? onlyPlaceholder(value) : null
    return name === null ? jsonType(value) : Object.hasOwn(properties, name) ? schemaType(properties[name]) : 'any'
  })
}

/** Two views of one result as one: the promised type, or both where they differ, the sample as it was seen, the fields of both. */
export function mergeFields(promised: ResultTree, seen: ResultTree): ResultTree {
  const known = new Map(seen.fields.map((field) => [field.path, field]))
  const both = promised.fields.map((field): ResultField => {
    const twin = known.get(field.path)
    known.delete(field.path)
    return twin ? { ...field, ...mergeFields(field, twin) } : field
  })
  return {
    type: joinTypes(promised.type, seen.type),
    sample: seen.sample ?? promised.sample,
    fields: [...both, ...known.values()],
  }
}

function joinTypes(promised: string, seen: string): string {
  if (promised === 'any' || seen === 'any') return promised === 'any' ? seen : promised
  const all = new Set([...promised.split(' | '), ...seen.split(' | ')])
  // Whole numbers are numbers.
  if (all.has('number')) all.delete('integer')
  return [...all].join(' | ')
}

/** Finds a field by its path, anywhere in a tree. */
export function fieldAt(tree: ResultTree, path: string): ResultField | null {
  for (const field of tree.fields) {
    const found = field.path === path ? field : fieldAt(field, path)
    if (found) return found
  }
  return null
}

/** JSON Schema's word for a value: whole numbers are `integer`. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return isObject(value) ? 'object' : typeof value
}

/** JSON Schema's words for what a schema takes; `any` where it does not say. */
export function schemaType(schema: unknown): string {
  if (!isObject(schema)) return 'any'
  if (typeof schema.type === 'string') return schema.type
  if (Array.isArray(schema.type)) return schema.type.filter((one) => typeof one === 'string').join(' | ') || 'any'
  const values = Object.hasOwn(schema, 'const') ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : []
  if (values.length > 0) return [...new Set(values.map(jsonType))].join(' | ')
  if (isObject(schema.properties)) return 'object'
  return schema.items === undefined ? 'any' : 'array'
}

interface Budget {
  left: number
}

function valueTree(value: unknown, way: Path, budget: Budget, typeOf: (value: unknown) => string): ResultTree {
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.slice(0, MOST_ITEMS).map((item, at) => [at, item])
    : isObject(value)
      ? Object.entries(value)
      : []
  const fields =
    way.length >= MOST_DEPTH
      ? []
      : taken(entries, budget).map(([step, inner]) => ({
          ...place(way, step),
          about: null,
          ...valueTree(inner, [...way, step], budget, typeOf),
        }))
  return { type: typeOf(value), sample: value === undefined ? null : sampleOf(value), fields }
}

interface Definitions {
  root: unknown
  seen: readonly string[]
}

function schemaTree(given: unknown, way: Path, budget: Budget, definitions: Definitions): ResultTree {
  const { schema, seen } = followed(given, definitions)
  if (!isObject(schema)) return { type: 'any', sample: null, fields: [] }
  const entries: [string | number, unknown][] = isObject(schema.properties)
    ? Object.entries(schema.properties)
    : isObject(schema.items)
      ? [[0, schema.items]]
      : []
  const fields =
    way.length >= MOST_DEPTH
      ? []
      : taken(entries, budget).map(([step, inner]) => ({
          ...place(way, step),
          about: isObject(inner) && typeof inner.description === 'string' ? inner.description : null,
          ...schemaTree(inner, [...way, step], budget, { root: definitions.root, seen }),
        }))
  const [example] = Array.isArray(schema.examples) ? schema.examples : [schema.const ?? schema.default]
  return { type: schemaType(schema), sample: example === undefined ? null : sampleOf(example), fields }
}

/** A schema that only points to another one of the same document gives that one; a way that leads in a circle ends. */
function followed(given: unknown, { root, seen }: Definitions): { schema: unknown; seen: readonly string[] } {
  const reference = isObject(given) ? given.$ref : undefined
  if (typeof reference !== 'string') return { schema: given, seen }
  const found = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference)
  if (!found || seen.includes(reference)) return { schema: {}, seen }
  const [, group = '', name = ''] = found
  const all = isObject(root) ? root[group] : undefined
  const target = isObject(all) && Object.hasOwn(all, name) ? all[name] : {}
  return followed(target, { root, seen: [...seen, reference] })
}

function taken<Entry>(entries: readonly Entry[], budget: Budget): Entry[] {
  const some = entries.slice(0, Math.max(0, budget.left))
  budget.left -= some.length
  return some
}

function place(way: Path, step: string | number): Pick<ResultField, 'name' | 'path'> {
  return { name: typeof step === 'number' ? `[${step}]` : step, path: printPath([...way, step]) }
}

function sampleOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`
  if (isObject(value)) return ''
  return shorten(JSON.stringify(value) ?? '', 48)
}
