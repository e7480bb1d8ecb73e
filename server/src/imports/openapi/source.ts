import { MOST_PROBLEMS, type Problem } from '@volley/shared/flow/problem.ts'
import { isObject, jsonPointer } from '@volley/shared/lib/json.ts'
import { shorten } from '@volley/shared/lib/words.ts'

/** So many `$ref` may lead to one another before a value comes. */
const MOST_REFS = 30

/** A value of the document with its JSON Pointer. */
export interface Place {
  value: unknown
  at: string
}

/** How schemas are written: Swagger 2 and OpenAPI 3.0 have their own dialects, 3.1 that of JSON Schema 2020-12. */
export type Version = '2.0' | '3.0' | '3.1'

/** A parsed document while it is read: where values are found, and where their faults are gathered. */
export interface Source {
  version: Version
  root: Place
  /** Adds a problem once; a flood is cut, and says so. */
  problem(at: string, message: string): void
  problems(): Problem[]
  /** The value behind `$ref`s, however many; null, and a problem, where they lead nowhere. */
  follow(place: Place): Place | null
}

export function createSource(root: unknown, version: Version): Source {
  const problems: Problem[] = []
  const told = new Set<string>()
  const top: Place = { value: root, at: '' }
  const problem = (at: string, message: string) => {
    if (problems.length > MOST_PROBLEMS || told.has(`${at} ${message}`)) return
    told.add(`${at} ${message}`)
    problems.push(
      problems.length < MOST_PROBLEMS
        ? { pointer: at, message }
        : { pointer: '', message: 'There is more to say: see to these first, or pick fewer operations.' },
    )
  }
  return {
    version,
    root: top,
    problem,
    problems: () => [...problems],
    follow(place) {
      const seen = new Set<string>()
      let current = place
      for (;;) {
        const ref = isObject(current.value) && Object.hasOwn(current.value, '$ref') ? current.value.$ref : undefined
        if (ref === undefined) return current
        const target = typeof ref === 'string' ? placeOfRef(top, ref) : null
        const fault =
          typeof ref !== 'string'
            ? 'A "$ref" must be text.'
            : seen.has(ref) || seen.size === MOST_REFS
              ? `"${shorten(ref, 100)}" leads back to itself, or on and on: let it lead to a value.`
              : target
                ? null
                : refFault(ref)
        if (fault !== null || !target) {
          problem(`${current.at}/$ref`, fault ?? '')
          return null
        }
        seen.add(ref as string)
        current = target
      }
    },
  }
}

/** The place inside another, by key; its value is undefined where there is none. */
export function below({ value, at }: Place, key: string | number): Place {
  const inside =
    (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key)
      ? (value as Record<string | number, unknown>)[key]
      : undefined
  return { value: inside, at: at + jsonPointer([key]) }
}

/** The entries of an object that stands at a place; none, and a problem, where something else stands there. */
export function entriesOf(source: Source, place: Place, what: string): [string, Place][] {
  if (place.value === undefined) return []
  if (!isObject(place.value)) {
    source.problem(place.at, `${what} must be an object.`)
    return []
  }
  return Object.keys(place.value).map((key) => [key, below(place, key)])
}

/** The items of a list that stands at a place; none, and a problem, where something else stands there. */
export function itemsOf(source: Source, place: Place, what: string): Place[] {
  if (place.value === undefined) return []
  if (Array.isArray(place.value)) return place.value.map((value, index) => ({ value, at: `${place.at}/${index}` }))
  source.problem(place.at, `${what} must be a list.`)
  return []
}

/** The text at a place, or null. */
export function textAt(place: Place): string | null {
  return typeof place.value === 'string' ? place.value : null
}

/** The place that a local `$ref` names; null where there is none. */
export function placeOfRef(root: Place, ref: string): Place | null {
  if (ref !== '#' && !ref.startsWith('#/')) return null
  let place = root
  for (const part of ref.split('/').slice(1)) {
    place = below(place, decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    if (place.value === undefined) return null
  }
  return place
}

/** Why a `$ref` leads nowhere. */
export function refFault(ref: string): string {
  const name = `"${shorten(ref, 100)}"`
  if (!ref.startsWith('#')) return `${name} lies outside this document and is never fetched: copy it into the document.`
  return `${name} leads to no place in this document: correct it, or add what it names.`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
