import { isObject } from '@volley/shared/lib/json.ts'
import { discriminated } from './discriminator.ts'
import { readKeyword } from './keywords.ts'
import { type Place, placeOfRef, refFault, type Source } from './source.ts'

export type Schema = Record<string, unknown>

/** Schemas of one document in the dialect of tools, JSON Schema 2020-12. What cannot be translated is left out and reported. */
export interface Schemas {
  /** The schema at a place; small shared ones are written out, large and recursive ones are a `$ref` into `$defs`. */
  translate(place: Place): Schema
  /** The schema behind a `$ref` into `$defs`. */
  definition(ref: string): Schema | undefined
  /** The definitions that a schema needs, those of its definitions included; null where they are too many for any tool. */
  definitionsFor(schema: Schema): Record<string, Schema> | null
}

const DEFS = '#/$defs/'
/** A shared schema of at most so many keywords and levels is written out where it is used. */
const MOST_INLINED = 60
const MOST_INLINED_LEVELS = 10
/** Beyond so many `$ref` inside one another the next is left for later, so that no chain can exhaust the stack. */
const MOST_OPEN = 40
const MOST_DEFINITIONS = 1000

interface Target {
  name: string
  place: Place
  state: 'new' | 'open' | 'done'
  schema: Schema
  isRecursive: boolean
}

export function createSchemas(source: Source): Schemas {
  const targets = new Map<string, Target>()
  const byName = new Map<string, Target>()
  /** How often each base of a name was given: a thousand equal names must not be tried a million times. */
  const counts = new Map<string, number>()
  let open = 0

  const targetOf = (place: Place): Target => {
    const known = targets.get(place.at)
    if (known) return known
    const target: Target = {
      name: freeName(place.at, byName, counts),
      place,
      state: 'new',
      schema: {},
      isRecursive: false,
    }
    targets.set(place.at, target)
    byName.set(target.name, target)
    return target
  }

  const finish = (target: Target) => {
    target.state = 'open'
    open++
    const schema = translate(target.place)
    open--
    target.state = 'done'
    if (schema.$ref === DEFS + target.name) {
      source.problem(target.place.at, 'This schema is nothing but itself: let it say what it allows.')
      return
    }
    target.schema = schema
  }

  const refer = (place: Place, ref: unknown): Schema => {
    const found = typeof ref === 'string' ? placeOfRef(source.root, ref) : null
    if (!found) {
      source.problem(`${place.at}/$ref`, typeof ref === 'string' ? refFault(ref) : 'A "$ref" must be text.')
      return {}
    }
    const target = targetOf(found)
    if (target.state === 'open') target.isRecursive = true
    else if (target.state === 'new' && open < MOST_OPEN) finish(target)
    const isSmall = target.state === 'done' && !target.isRecursive && isSmallSchema(target.schema)
    return isSmall ? target.schema : { $ref: DEFS + target.name }
  }

  const translate = (place: Place): Schema => {
    const { value } = place
    if (typeof value === 'boolean') return value ? {} : { not: {} }
    if (!isObject(value)) {
      source.problem(place.at, 'A schema must be an object.')
      return {}
    }
    if (value.$ref === undefined) return translateOwn(place, value)
    const target = refer(place, value.$ref)
    // Before 3.1 nothing beside a $ref counts; its description is shown all the same, since it is written for this place.
    const beside =
      source.version === '3.1'
        ? translateOwn(place, value)
        : typeof value.description === 'string'
          ? { description: value.description }
          : {}
    if (Object.keys(beside).length === 0) return target
    const overlaps = Object.keys(beside).some((key) => key !== 'description' && Object.hasOwn(target, key))
    return overlaps ? { ...beside, allOf: [target, ...listOf(beside.allOf)] } : { ...target, ...beside }
  }

  const translateOwn = (place: Place, value: Record<string, unknown>): Schema => {
    const schema: Schema = {}
    for (const key of Object.keys(value)) {
      const read = readKeyword(source, key, { value: value[key], at: `${place.at}/${pointed(key)}` }, translate)
      if (read !== undefined) schema[key] = read
    }
    return discriminated(place, adjusted(schema, value, source.version !== '3.1'))
  }

  // Operations may share one place by way of a path's $ref: it is translated once for them all.
  const translated = new Map<string, Schema>()
  return {
    translate(place) {
      const schema = translated.get(place.at) ?? translate(place)
      translated.set(place.at, schema)
      return schema
    },
    definition: (ref) => (ref.startsWith(DEFS) ? byName.get(ref.slice(DEFS.length))?.schema : undefined),
    definitionsFor(schema) {
      const found = new Map<string, Schema>()
      const left = refsIn(schema)
      for (let name = left.pop(); name !== undefined; name = left.pop()) {
        const target = byName.get(name)
        if (!target || found.has(name)) continue
        if (target.state === 'new') finish(target)
        if (found.size === MOST_DEFINITIONS) return null
        found.set(name, target.schema)
        left.push(...refsIn(target.schema))
      }
      return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)))
    },
  }
}

/** What OpenAPI 3.0 and Swagger 2 say in words of their own. */
function adjusted(schema: Schema, value: Record<string, unknown>, isOld: boolean): Schema {
  const next = withoutReadOnly({ ...schema })
  if (value.example !== undefined && next.examples === undefined) next.examples = [value.example]
  if (!isOld) return next
  for (const [exclusive, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (value[exclusive] !== true || typeof next[limit] !== 'number') continue
    next[exclusive] = next[limit]
    delete next[limit]
  }
  return value.nullable === true || value['x-nullable'] === true ? nullable(next) : next
}

function nullable(schema: Schema): Schema {
  const { type, enum: choices, ...rest } = schema
  if (type === undefined && choices === undefined)
    return Object.keys(rest).length === 0 ? rest : { anyOf: [schema, { type: 'null' }] }
  return {
    ...rest,
    ...(type === undefined ? {} : { type: [...new Set([...listOf(type, [type]), 'null'])] }),
    ...(choices === undefined ? {} : { enum: [...new Set([...listOf(choices), null])] }),
  }
}

/** What only a server may set is no part of a request. */
function withoutReadOnly(schema: Schema): Schema {
  if (!isObject(schema.properties)) return schema
  const hidden = Object.entries(schema.properties)
    .filter(([, inner]) => isObject(inner) && inner.readOnly === true)
    .map(([name]) => name)
  if (hidden.length === 0) return schema
  const properties = Object.fromEntries(Object.entries(schema.properties).filter(([name]) => !hidden.includes(name)))
  const required = listOf(schema.required).filter((name) => !hidden.includes(String(name)))
  return { ...schema, properties, ...(schema.required === undefined ? {} : { required }) }
}

const listOf = (value: unknown, other: unknown[] = []): unknown[] => (Array.isArray(value) ? value : other)
const pointed = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

function isSmallSchema(schema: Schema): boolean {
  let left = MOST_INLINED
  const visit = (value: unknown, levels: number): boolean => {
    if (typeof value !== 'object' || value === null) return true
    if (levels > MOST_INLINED_LEVELS) return false
    for (const inner of Object.values(value)) if (--left < 0 || !visit(inner, levels + 1)) return false
    return true
  }
  return visit(schema, 0)
}

function refsIn(value: unknown, found: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string' && inner.startsWith(DEFS)) found.push(inner.slice(DEFS.length))
    else refsIn(inner, found)
  }
  return found
}

function freeName(at: string, taken: ReadonlyMap<string, unknown>, counts: Map<string, number>): string {
  const base = (at.split('/').pop() ?? '').replace(/[^A-Za-z0-9_.-]+/g, '_') || 'schema'
  let name = base
  for (let number = counts.get(base) ?? 2; taken.has(name); number++) {
    name = `${base}_${number}`
    counts.set(base, number + 1)
  }
  return name
}
