import { isObject } from '@volley/shared/lib/json.ts'
import { listOr } from '@volley/shared/lib/words.ts'
import { below, itemsOf, type Place, type Source, textAt } from './source.ts'

export const PARAMETER_PLACES = ['path', 'query', 'header', 'cookie'] as const
export type ParameterPlace = (typeof PARAMETER_PLACES)[number]

export interface Parameter {
  name: string
  in: ParameterPlace
  required: boolean
  description: string
  /** Null where it has none: any value. */
  schema: Place | null
  examples: unknown[]
  /** How a list goes into a query, where that is not one pair for each item. */
  listStyle: string | null
  at: string
}

/** A parameter of Swagger 2 that stands in the body: the whole of it, or one field of a form. */
export interface BodyParameter {
  name: string
  in: 'body' | 'formData'
  place: Place
}

/** The parameters of a path and an operation together; one of the operation replaces its namesake of the path. */
export function parametersOf(
  source: Source,
  lists: readonly Place[],
): { parameters: Parameter[]; inBody: BodyParameter[] } {
  const parameters = new Map<string, Parameter>()
  const inBody = new Map<string, BodyParameter>()
  for (const item of lists.flatMap((list) => itemsOf(source, list, '"parameters"'))) {
    const place = source.follow(item)
    if (!place) continue
    const name = textAt(below(place, 'name'))
    const where = textAt(below(place, 'in'))
    if (!isObject(place.value)) source.problem(place.at, 'A parameter must be an object.')
    else if (name === null || name === '') source.problem(`${place.at}/name`, 'The parameter has no name: add it.')
    else if (source.version === '2.0' && (where === 'body' || where === 'formData'))
      inBody.set(`${where} ${name}`, { name, in: where, place })
    else if (!isPlace(where))
      source.problem(`${place.at}/in`, `"in" of the parameter "${name}" must be ${listOr(PARAMETER_PLACES)}.`)
    else parameters.set(`${where} ${name}`, readParameter(source, place, { name, in: where }))
  }
  return { parameters: [...parameters.values()], inBody: [...inBody.values()] }
}

function readParameter(source: Source, place: Place, { name, in: where }: Pick<Parameter, 'name' | 'in'>): Parameter {
  return {
    name,
    in: where,
    required: where === 'path' || below(place, 'required').value === true,
    description: textAt(below(place, 'description')) ?? '',
    schema: schemaOf(source, place),
    examples: examplesOf(source, place),
    listStyle: where === 'query' ? listStyleOf(source, place) : null,
    at: place.at,
  }
}

/** Where the schema of a parameter stands: in 3 in `schema` or the one entry of `content`, in 2 in the parameter itself. */
function schemaOf(source: Source, place: Place): Place | null {
  if (source.version === '2.0') return { value: schemaPart(place.value), at: place.at }
  const schema = below(place, 'schema')
  if (schema.value !== undefined) return schema
  const content = below(place, 'content')
  const type = isObject(content.value) ? Object.keys(content.value)[0] : undefined
  const inner = type === undefined ? undefined : below(below(content, type), 'schema')
  return inner?.value === undefined ? null : inner
}

const NO_SCHEMA = ['name', 'in', 'required', 'description', 'collectionFormat', 'allowEmptyValue']

/** A parameter of Swagger 2 without the keys that describe the parameter and not its values. */
export function schemaPart(value: unknown): unknown {
  if (!isObject(value)) return {}
  return Object.fromEntries(Object.entries(value).filter(([key]) => !NO_SCHEMA.includes(key)))
}

function examplesOf(source: Source, place: Place): unknown[] {
  if (source.version === '2.0') return []
  const { value: example } = below(place, 'example')
  if (example !== undefined) return [example]
  const examples = below(place, 'examples')
  if (!isObject(examples.value)) return []
  return Object.keys(examples.value).flatMap((key) => {
    const { value } = below(below(examples, key), 'value')
    return value === undefined ? [] : [value]
  })
}

function listStyleOf(source: Source, place: Place): string | null {
  if (source.version === '2.0') {
    const style = textAt(below(place, 'collectionFormat')) ?? 'csv'
    return style === 'multi' ? null : style
  }
  const style = textAt(below(place, 'style')) ?? 'form'
  if (style !== 'form') return style
  return below(place, 'explode').value === false ? 'form, not exploded' : null
}

function isPlace(where: string | null): where is ParameterPlace {
  return (PARAMETER_PLACES as readonly (string | null)[]).includes(where)
}
