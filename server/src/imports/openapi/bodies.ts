import { isObject } from '@volley/shared/lib/json.ts'
import { type BodyParameter, schemaPart } from './parameters.ts'
import { below, entriesOf, itemsOf, type Place, type Source, textAt } from './source.ts'

/** What an operation takes as its body. */
export interface Body {
  required: boolean
  at: string
  description: string
  contents: { type: string; schema: Place | null }[]
  /** Swagger 2: the names of the parameters that the body is made of. */
  names: string[]
}

/** The body of an operation; null where it has none. */
export function bodyOf(source: Source, operation: Place, inBody: readonly BodyParameter[]): Body | null {
  return source.version === '2.0' ? swaggerBody(source, operation, inBody) : openapiBody(source, operation)
}

function openapiBody(source: Source, operation: Place): Body | null {
  const given = below(operation, 'requestBody')
  if (given.value === undefined) return null
  const place = source.follow(given)
  if (!place) return null
  if (!isObject(place.value)) {
    source.problem(place.at, 'A request body must be an object.')
    return null
  }
  const contents = entriesOf(source, below(place, 'content'), '"content"').map(([type, entry]) => {
    const schema = below(entry, 'schema')
    return { type, schema: schema.value === undefined ? null : schema }
  })
  if (contents.length === 0) source.problem(`${place.at}/content`, 'The request body says no content type: add one.')
  return {
    required: place.value.required === true,
    at: place.at,
    description: textAt(below(place, 'description')) ?? '',
    contents,
    names: [],
  }
}

function swaggerBody(source: Source, operation: Place, inBody: readonly BodyParameter[]): Body | null {
  const [first] = inBody
  if (!first) return null
  const whole = inBody.find((one) => one.in === 'body')
  const own = below(operation, 'consumes')
  const consumes = itemsOf(
    source,
    own.value === undefined ? below(source.root, 'consumes') : own,
    '"consumes"',
  ).flatMap((type) => textAt(type) ?? [])
  if (whole) {
    const schema = below(whole.place, 'schema')
    const types = consumes.length > 0 ? consumes : ['application/json']
    return {
      required: below(whole.place, 'required').value === true,
      at: whole.place.at,
      description: textAt(below(whole.place, 'description')) ?? '',
      contents: types.map((type) => ({ type, schema: schema.value === undefined ? null : schema })),
      names: [whole.name],
    }
  }
  const isRequired = ({ place }: BodyParameter) => below(place, 'required').value === true
  const hasFile = inBody.some(({ place }) => below(place, 'type').value === 'file')
  return {
    required: inBody.some(isRequired),
    at: first.place.at,
    description: '',
    contents: [
      {
        type: hasFile ? 'multipart/form-data' : FORM,
        schema: { value: formSchema(inBody, isRequired), at: first.place.at },
      },
    ],
    names: inBody.map(({ name }) => name),
  }
}

export const FORM = 'application/x-www-form-urlencoded'

/** The fields of a form as one object, as OpenAPI 3 writes them. */
function formSchema(fields: readonly BodyParameter[], isRequired: (field: BodyParameter) => boolean) {
  const properties = fields.map(({ name, place }) => {
    const description = below(place, 'description').value
    const schema = schemaPart(place.value) as Record<string, unknown>
    return [name, { ...schema, ...(description === undefined ? {} : { description }) }] as const
  })
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: fields.filter(isRequired).map(({ name }) => name),
  }
}
