import { isObject } from '@volley/shared/lib/json.ts'
import { whatItIs } from '@volley/shared/lib/words.ts'
import { compileRegExp } from '../../tools/linearRegExp.ts'
import { below, type Place, type Source } from './source.ts'

type Translate = (place: Place) => Record<string, unknown>

/**
 * The value of one keyword of a schema as JSON Schema 2020-12 has it; undefined for one that means nothing there. A value of the wrong
 * type is left out and reported.
 */
export function readKeyword(source: Source, key: string, place: Place, translate: Translate): unknown {
  const kind = Object.hasOwn(KEYWORDS, key) ? KEYWORDS[key] : undefined
  if (kind === undefined) return undefined
  const fault = (what: string) => {
    source.problem(place.at, `"${key}" must be ${what}, but is ${whatItIs(place.value)}: it was left out.`)
    return undefined
  }
  const { value } = place
  switch (kind) {
    case 'any':
      return value
    case 'text':
      return typeof value === 'string' ? value : fault('text')
    case 'number':
      // Before 3.1 the exclusive limits are true or false, and stand beside the limit.
      if (typeof value === 'boolean' && source.version !== '3.1') return undefined
      return typeof value === 'number' ? value : fault('a number')
    case 'positive':
      return typeof value === 'number' && value > 0 ? value : fault('a number above 0')
    case 'count':
      return Number.isInteger(value) && (value as number) >= 0 ? value : fault('a whole number')
    case 'flag':
      return typeof value === 'boolean' ? value : fault('true or false')
    case 'pattern':
      return typeof value === 'string' ? usablePattern(source, place, value) : fault('text')
    case 'type':
      return readType(value) ?? fault('a type of JSON')
    case 'values':
      return Array.isArray(value) && value.length > 0 ? distinct(value) : fault('a list of values')
    case 'examples':
      return Array.isArray(value) ? value : undefined
    case 'names':
      // `required: true` at a property is Swagger 1's; it says nothing of the value itself.
      return Array.isArray(value)
        ? [...new Set(value.filter((name) => typeof name === 'string'))]
        : fault('a list of names')
    case 'schema':
      return typeof value === 'boolean' ? value : isObject(value) ? translate(place) : fault('a schema')
    case 'schemas':
      return Array.isArray(value) && value.length > 0
        ? value.map((_inner, index) => translate(below(place, index)))
        : fault('a list of schemas')
    case 'named':
      return isObject(value)
        ? Object.fromEntries(Object.keys(value).map((name) => [name, translate(below(place, name))]))
        : fault('an object of schemas')
    case 'patterned':
      return isObject(value)
        ? Object.fromEntries(
            Object.keys(value)
              .filter((pattern) => usablePattern(source, below(place, pattern), pattern) !== undefined)
              .map((pattern) => [pattern, translate(below(place, pattern))]),
          )
        : fault('an object of schemas')
    case 'dependent':
      return isObject(value) && Object.values(value).every((names) => Array.isArray(names))
        ? value
        : fault('an object of lists of names')
  }
}

type Kind =
  | 'any'
  | 'text'
  | 'number'
  | 'positive'
  | 'count'
  | 'flag'
  | 'pattern'
  | 'type'
  | 'values'
  | 'examples'
  | 'names'
  | 'schema'
  | 'schemas'
  | 'named'
  | 'patterned'
  | 'dependent'

const each = (kind: Kind, names: string): [string, Kind][] => names.split(' ').map((name) => [name, kind])

const KEYWORDS: Record<string, Kind> = Object.fromEntries([
  ...each('any', 'default const'),
  ...each('text', 'title description format contentEncoding contentMediaType'),
  ...each('number', 'minimum maximum exclusiveMinimum exclusiveMaximum'),
  ...each('positive', 'multipleOf'),
  ...each('count', 'minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains'),
  ...each('flag', 'uniqueItems deprecated readOnly writeOnly'),
  ...each('pattern', 'pattern'),
  ...each('type', 'type'),
  ...each('values', 'enum'),
  ...each('examples', 'examples'),
  ...each('names', 'required'),
  ...each(
    'schema',
    'not if then else items contains additionalProperties propertyNames unevaluatedItems unevaluatedProperties',
  ),
  ...each('schemas', 'allOf anyOf oneOf prefixItems'),
  ...each('named', 'properties dependentSchemas'),
  ...each('patterned', 'patternProperties'),
  ...each('dependent', 'dependentRequired'),
])

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

function readType(value: unknown): unknown {
  const types = Array.isArray(value) ? [...new Set(value)] : [value]
  if (types.length === 0 || !types.every((type) => TYPES.includes(type as string))) return undefined
  return Array.isArray(value) ? types : value
}

/** The values of a list, each once. */
export function distinct(values: readonly unknown[]): unknown[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]))
  return [...seen.values()]
}

const patterns = new WeakMap<Source, Map<string, string | null>>()

/** The pattern, when it can run in linear time; else nothing, and a problem. */
function usablePattern(source: Source, { at }: Place, pattern: string): string | undefined {
  const known = patterns.get(source) ?? new Map<string, string | null>()
  patterns.set(source, known)
  if (!known.has(pattern)) {
    const made = compileRegExp(pattern)
    known.set(pattern, made.ok ? null : made.error)
  }
  const reason = known.get(pattern)
  if (!reason) return pattern
  source.problem(
    at,
    `The pattern ${JSON.stringify(pattern).slice(0, 120)} was left out: ${reason}. Patterns must run in linear time.`,
  )
  return undefined
}
