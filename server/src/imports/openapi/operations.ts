import { isObject } from '@volley/shared/lib/json.ts'
import { type Body, bodyOf } from './bodies.ts'
import { type Parameter, parametersOf } from './parameters.ts'
import { below, entriesOf, itemsOf, type Place, type Source, textAt } from './source.ts'

/** One operation, in the same words for every version of the format; `$ref`s of parameters and bodies are followed. */
export interface Operation {
  method: string
  path: string
  at: string
  operationId: string | null
  tags: string[]
  summary: string
  description: string
  deprecated: boolean
  parameters: Parameter[]
  body: Body | null
  /** The operation itself and the path it stands under: where servers and security may be said. */
  place: Place
  pathItem: Place
}

export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const
const MOST_OPERATIONS = 10_000

/** Every operation of a document, in its order. What cannot be read is left out, and said with its place. */
export function operationsOf(source: Source): Operation[] {
  const operations: Operation[] = []
  const paths = below(source.root, 'paths')
  // 3.1 allows a document of webhooks or components alone.
  if (paths.value === undefined && source.version !== '3.1')
    source.problem('/paths', '"paths" is missing: it holds the operations.')
  for (const [path, entry] of entriesOf(source, paths, '"paths"')) {
    if (path.startsWith('x-')) continue
    if (!path.startsWith('/')) {
      source.problem(entry.at, `The path "${path.slice(0, 100)}" must begin with "/".`)
      continue
    }
    const pathItem = source.follow(entry)
    if (!pathItem) continue
    if (!isObject(pathItem.value)) {
      source.problem(pathItem.at, 'A path must be an object that holds its operations.')
      continue
    }
    for (const method of Object.keys(pathItem.value).filter((key) => (METHODS as readonly string[]).includes(key))) {
      if (operations.length === MOST_OPERATIONS) {
        source.problem('/paths', `There are more than ${MOST_OPERATIONS} operations: the rest was left out.`)
        return operations
      }
      const operation = readOperation(source, { method, path, pathItem })
      if (operation) operations.push(operation)
    }
  }
  return operations
}

function readOperation(
  source: Source,
  { method, path, pathItem }: { method: string; path: string; pathItem: Place },
): Operation | null {
  const place = below(pathItem, method)
  if (!isObject(place.value)) {
    source.problem(place.at, 'An operation must be an object.')
    return null
  }
  const all = parametersOf(source, [below(pathItem, 'parameters'), below(place, 'parameters')])
  return {
    method,
    path,
    at: place.at,
    operationId: textAt(below(place, 'operationId')),
    tags: itemsOf(source, below(place, 'tags'), '"tags"').flatMap((tag) => textAt(tag) ?? []),
    summary: textAt(below(place, 'summary')) ?? textAt(below(pathItem, 'summary')) ?? '',
    description: textAt(below(place, 'description')) ?? textAt(below(pathItem, 'description')) ?? '',
    deprecated: place.value.deprecated === true,
    parameters: all.parameters,
    body: bodyOf(source, place, all.inBody),
    place,
    pathItem,
  }
}
