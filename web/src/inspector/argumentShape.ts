import { isObject } from '@volley/shared/lib/json.ts'

/** What is known of a value that the source of a code tool gets: read off the JSON Schema of the parameters, deeper only when asked. */
export interface ArgumentShape {
  /** How one gets there: `args.place.lat`. */
  path: string
  name: string
  type: string
  about: string
  isRequired: boolean
  /** What it holds by name; null where anything may be in it. */
  properties(): ReadonlyMap<string, ArgumentShape> | null
  /** What each item of a list is; null where that is not known. */
  items(): ArgumentShape | null
}

type Schema = Record<string, unknown>

/** The shape of the arguments as a whole. */
export function argumentShape(parameters: Schema): ArgumentShape {
  return shapeOf(parameters, { path: 'args', name: 'args', isRequired: true }, parameters)
}

/** All that can be named, level after level, for a list: as deep as `depth`, lists by their first item. */
export function argumentRows(shape: ArgumentShape, depth = 3): ArgumentShape[] {
  if (depth === 0) return []
  const inner = [...(shape.properties()?.values() ?? [])].flatMap((one) => [one, ...argumentRows(one, depth - 1)])
  const item = shape.items()
  return item ? [...inner, ...argumentRows(item, depth)] : inner
}

type Place = Pick<ArgumentShape, 'path' | 'name' | 'isRequired'>

function shapeOf(given: unknown, place: Place, root: Schema): ArgumentShape {
  const schema = plainSchema(given, root)
  return {
    ...place,
    type: shortened(typeWords(schema, root)),
    about: [given, schema].map((one) => (isObject(one) ? one.description : '')).find(isText) ?? '',
    properties: () => propertiesOf(schema, place, root),
    items: () =>
      isObject(schema.items)
        ? shapeOf(schema.items, { path: `${place.path}[0]`, name: '0', isRequired: true }, root)
        : null,
  }
}

function propertiesOf(schema: Schema, { path }: Place, root: Schema): Map<string, ArgumentShape> | null {
  const isOpen = schema.additionalProperties !== undefined && schema.additionalProperties !== false
  if (!isObject(schema.properties) || isOpen || isObject(schema.patternProperties) || isCombined(schema)) return null
  const required = Array.isArray(schema.required) ? schema.required : []
  return new Map(
    Object.entries(schema.properties).map(([name, inner]) => [
      name,
      shapeOf(inner, { path: path + access(name), name, isRequired: required.includes(name) }, root),
    ]),
  )
}

/** `.name`, or `["a name"]` where it cannot be written that way. */
const access = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`)

const isCombined = (schema: Schema) => ['allOf', 'anyOf', 'oneOf', 'if'].some((word) => schema[word] !== undefined)

/** Follows references within the document, and takes the one choice that is not null. */
function plainSchema(given: unknown, root: Schema): Schema {
  let schema: unknown = given
  for (let step = 0; step < MOST_STEPS && isObject(schema); step++) {
    const { $ref, anyOf, oneOf } = schema
    const choices = anyOf ?? oneOf
    const real = Array.isArray(choices) ? choices.filter((one) => !isObject(one) || one.type !== 'null') : []
    if (typeof $ref === 'string') schema = resolved($ref, root)
    else if (real.length === 1) schema = real[0]
    else return schema
  }
  return {}
}

const MOST_STEPS = 20

function resolved(reference: string, root: Schema): unknown {
  if (reference === '#') return root
  if (!reference.startsWith('#/')) return {}
  return reference
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((inner, part) => (isObject(inner) && Object.hasOwn(inner, part) ? inner[part] : {}), root)
}

function typeWords(schema: Schema, root: Schema, depth = 0): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices) && depth < 3)
    return choices.map((one) => typeWords(plainSchema(one, root), root, depth + 1)).join(' | ')
  const types = Array.isArray(schema.type) ? schema.type.filter(isText) : isText(schema.type) ? [schema.type] : []
  if (types.length === 0) return isObject(schema.properties) ? 'object' : 'any'
  return types.map((type) => (type === 'array' && depth < 3 ? listWords(schema.items, root, depth) : type)).join(' | ')
}

function listWords(items: unknown, root: Schema, depth: number): string {
  const inner = typeWords(plainSchema(items, root), root, depth + 1)
  return inner.includes('|') ? `(${inner})[]` : `${inner}[]`
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text)
