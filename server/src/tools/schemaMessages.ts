import type { Problem } from '@volley/shared/flow/problem.ts'
import { closest } from '@volley/shared/lib/closest.ts'
import { isObject, jsonPointer } from '@volley/shared/lib/json.ts'
import { listOr, shorten, whatItIs } from '@volley/shared/lib/words.ts'
import type { ErrorObject } from 'ajv'

const MOST_PROBLEMS = 20

/** The validator's errors as problems of a value: plain sentences, one a place where several say the same, at most 20. */
export function valueProblems(errors: readonly ErrorObject[], value: unknown): Problem[] {
  const problems: Problem[] = []
  for (const error of errors) {
    const problem = valueProblem(error, value)
    if (problem && !problems.some(({ pointer, message }) => pointer === problem.pointer && message === problem.message))
      problems.push(problem)
    if (problems.length === MOST_PROBLEMS) break
  }
  return problems
}

/** The faults of a schema itself, from its errors against its meta-schema: the first of each place says it best. */
export function schemaProblems(errors: readonly ErrorObject[], schema: unknown): Problem[] {
  const byPlace = new Map<string, Problem>()
  for (const error of errors) {
    const problem = schemaProblem(error, schema)
    if (problem && !byPlace.has(problem.pointer)) byPlace.set(problem.pointer, problem)
  }
  return [...byPlace.values()].slice(0, MOST_PROBLEMS)
}

function valueProblem(error: ErrorObject, root: unknown): Problem | null {
  const { instancePath, keyword, params } = error
  const value = valueAt(root, instancePath)
  const name = nameOf(instancePath)
  switch (keyword) {
    case 'required':
      return {
        pointer: below(instancePath, params.missingProperty),
        message: `"${params.missingProperty}" is missing.`,
      }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key: string = params.additionalProperty ?? params.unevaluatedProperty
      const known = Object.keys((isObject(error.parentSchema) && error.parentSchema.properties) || {})
      const meant = closest(key, known)
      const way = meant
        ? `did you mean "${meant}"?`
        : known.length > 0
          ? `there are ${listOr(known)}.`
          : 'there are none.'
      return { pointer: below(instancePath, key), message: `${name} has no property "${shorten(key)}": ${way}` }
    }
    case 'type':
      return { pointer: instancePath, message: `${name} must be ${typesOf(params.type)}, but is ${whatItIs(value)}.` }
    case 'enum':
      return {
        pointer: instancePath,
        message: `${name} must be one of ${choicesOf(params.allowedValues)}, but is ${whatItIs(value)}.`,
      }
    case 'const':
      return {
        pointer: instancePath,
        message: `${name} must be ${choicesOf([params.allowedValue])}, but is ${whatItIs(value)}.`,
      }
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return { pointer: instancePath, message: `${name} ${error.message}, but is ${whatItIs(value)}.` }
    case 'if':
      return null
    default:
      return { pointer: instancePath, message: `${name} ${error.message}.` }
  }
}

function schemaProblem(error: ErrorObject, schema: unknown): Problem | null {
  const { instancePath, keyword } = error
  if (keyword === 'if' || keyword === '$dynamicRef') return null
  const value = valueAt(schema, instancePath)
  const last = lastOf(instancePath)
  const isType = last === 'type' && typeof value === 'string'
  const message = isType
    ? `"${shorten(value)}" is no type of JSON Schema: choose ${listOr(TYPES)}.`
    : `The schema is not valid here: ${nameOf(instancePath)} ${error.message}.`
  return { pointer: instancePath, message }
}

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

function typesOf(types: string | string[]): string {
  return [types].flat().map(withArticle).join(' or ')
}

function withArticle(type: string): string {
  if (type === 'null') return 'null'
  if (type === 'boolean') return 'true or false'
  if (type === 'integer') return 'a whole number'
  if (type === 'string') return 'text'
  if (type === 'array') return 'a list'
  return type === 'object' ? 'an object' : 'a number'
}

function choicesOf(values: readonly unknown[]): string {
  return shorten(values.map((value) => JSON.stringify(value)).join(', '), 300)
}

function nameOf(pointer: string): string {
  const last = lastOf(pointer)
  if (last === undefined) return 'The whole'
  return /^\d+$/.test(last) ? `"${pointer.split('/').slice(1).join('.')}"` : `"${last}"`
}

function lastOf(pointer: string): string | undefined {
  const last = pointer.split('/').slice(1).at(-1)
  return last?.replaceAll('~1', '/').replaceAll('~0', '~')
}

const below = (pointer: string, key: string) => pointer + jsonPointer([key])

function valueAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    value = isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined
  }
  return value
}
