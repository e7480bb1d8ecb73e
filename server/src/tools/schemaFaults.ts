import type { Problem } from '@volley/shared/flow/problem.ts'
import { isObject, jsonPointer } from '@volley/shared/lib/json.ts'
import { MissingRefError } from 'ajv'
import { UnusablePattern } from './dialects.ts'
import { compileRegExp } from './linearRegExp.ts'
import { subSchemas } from './schemaWalk.ts'

/** Finds each pattern that cannot run in linear time. */
export function patternProblems(schema: Record<string, unknown>): Problem[] {
  return [...subSchemas(schema)].flatMap(({ path, schema: inner }) => {
    const patterns: { at: (string | number)[]; pattern: string }[] = []
    if (typeof inner.pattern === 'string') patterns.push({ at: [...path, 'pattern'], pattern: inner.pattern })
    if (isObject(inner.patternProperties))
      for (const pattern of Object.keys(inner.patternProperties))
        patterns.push({ at: [...path, 'patternProperties', pattern], pattern })
    return patterns.flatMap(({ at, pattern }) => {
      const made = compileRegExp(pattern)
      return made.ok ? [] : [{ pointer: jsonPointer(at), message: patternMessage(pattern, made.error) }]
    })
  })
}

function patternMessage(pattern: string, reason: string): string {
  return `The pattern ${JSON.stringify(pattern)} cannot be used: ${reason}. Patterns must run in linear time (RE2's syntax).`
}

/** Finds each `$ref` that leads out of the schema, or to a place in it that does not exist. */
export function refProblems(schema: Record<string, unknown>): Problem[] {
  const all = [...subSchemas(schema)]
  const ids = all.some(({ schema: inner }) => typeof inner.$id === 'string')
  return all.flatMap(({ path, schema: inner }) =>
    ['$ref', '$dynamicRef', '$recursiveRef'].flatMap((keyword) => {
      const ref = inner[keyword]
      if (typeof ref !== 'string') return []
      const pointer = jsonPointer([...path, keyword])
      // With ids of their own, schemas inside may be named by them: the compiler then finds what cannot be resolved.
      if (!ref.startsWith('#'))
        return ids
          ? []
          : [{ pointer, message: `"${ref}" lies outside this schema and is never fetched: copy it into "$defs".` }]
      if (ids || !ref.startsWith('#/') || placeOf(schema, ref) !== undefined) return []
      return [{ pointer, message: `"${ref}" leads to no place in this schema: correct it, or add the definition.` }]
    }),
  )
}

/** The place in a schema that a local `$ref` names; undefined when there is none, or when it is named in another way. */
export function placeOf(schema: unknown, ref: string): unknown {
  if (ref === '#') return schema
  if (!ref.startsWith('#/')) return undefined
  let value = schema
  for (const part of ref.slice(2).split('/')) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (!(isObject(value) || Array.isArray(value)) || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** What the compiler threw, as a problem. */
export function compileProblem(error: unknown): Problem {
  if (error instanceof UnusablePattern) return { pointer: '', message: patternMessage(error.pattern, error.reason) }
  if (error instanceof MissingRefError)
    return {
      pointer: '',
      message: `"${error.missingRef}" lies outside this schema and is never fetched: copy it into "$defs".`,
    }
  return { pointer: '', message: `The schema cannot be used: ${error instanceof Error ? error.message : error}.` }
}
