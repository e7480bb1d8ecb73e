import type { Problem } from '@volley/shared/flow/problem.ts'
import { canonicalJson, isObject } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { whatItIs } from '@volley/shared/lib/words.ts'
import type { ValidateFunction } from 'ajv'
import { type Dialects, makeDialects } from './dialects.ts'
import { compileProblem, patternProblems, placeOf, refProblems } from './schemaFaults.ts'
import { schemaProblems, valueProblems } from './schemaMessages.ts'
import { subSchemas } from './schemaWalk.ts'
import { weightOf } from './schemaWeight.ts'
import { createWork, TooMuchWork, type Work } from './schemaWork.ts'

const MOST_CHARACTERS = 200_000
const MOST_LEVELS = 60
const MOST_CACHED = 500
const MOST_WEIGHT = 100_000
const TOO_HEAVY =
  'The schema grows beyond measure when its $ref are followed: let definitions use each other less often.'
const TOO_MUCH =
  'Whether the value fits cannot be checked: it would take too much work. Give a smaller value, or make the schema simpler: fewer choices, fewer patterns, fewer $ref back to itself at one place.'
const NO_ASYNC = 'A schema cannot be asynchronous: remove "$async".'

export interface Schemas {
  /** What is wrong with the JSON Schema of a tool's parameters; empty when it can be used. Pointers are relative to the schema. */
  check(schema: unknown): Problem[]
  /** What is wrong with a value; empty when the schema accepts it. The value is never changed: no coercion, no defaults. */
  validate(schema: unknown, value: unknown): Problem[]
}

/**
 * JSON Schema for parameters of tools: drafts 2020-12, 2019-09 and 7 by `$schema`, 2020-12 without one. Nothing is fetched: a `$ref`
 * must lead inside its own schema. Patterns run in linear time. Compiled validators are kept by the text of their schema.
 */
export function createSchemas(): Schemas {
  const work = createWork()
  const dialects = makeDialects(work)
  const cache = new Map<string, Result<ValidateFunction, Problem[]>>()

  /** By the object itself, so that the many calls of one run do not print their schema again and again. */
  const known = new WeakMap<object, Result<ValidateFunction, Problem[]>>()

  const compiled = (schema: unknown): Result<ValidateFunction, Problem[]> => {
    if (!isObject(schema))
      return err([{ pointer: '', message: `A schema is an object, but this is ${whatItIs(schema)}.` }])
    const made = known.get(schema) ?? compiledByText(schema)
    known.set(schema, made)
    return made
  }

  const compiledByText = (schema: Record<string, unknown>): Result<ValidateFunction, Problem[]> => {
    const problem = sizeProblem(schema)
    if (problem) return err([problem])
    const key = canonicalJson(schema)
    const made = cache.get(key) ?? compileSchema(schema, dialects, work)
    cache.delete(key)
    cache.set(key, made)
    if (cache.size > MOST_CACHED) cache.delete(cache.keys().next().value as string)
    return made
  }

  /** Compiling takes most of the time, and a flow can have hundreds of tools: it waits for the first call where it can tell nothing new. */
  const problemsOf = (schema: unknown): Problem[] => {
    if (isObject(schema) && !known.has(schema)) {
      const problem = sizeProblem(schema)
      if (problem) return [problem]
      if (isPlain(schema)) return readSchema(schema, dialects, work).problems
    }
    const made = compiled(schema)
    return made.ok ? [] : made.error
  }

  return {
    check(schema) {
      const problems = problemsOf(schema)
      return isObject(schema) ? [...problems, ...typeProblem(schema, problems)] : problems
    },
    validate(schema, value) {
      const made = compiled(schema)
      if (!made.ok) return made.error
      work.begin(value)
      try {
        return made.value(value) ? [] : valueProblems(made.value.errors ?? [], value)
      } catch (error) {
        if (error instanceof TooMuchWork) return [{ pointer: '', message: TOO_MUCH }]
        // A schema that refers to itself without end is only found out by using it.
        if (error instanceof RangeError)
          return [{ pointer: '', message: 'The schema refers to itself without end: repair its $ref.' }]
        throw error
      }
    },
  }
}

function compileSchema(
  schema: Record<string, unknown>,
  dialects: Dialects,
  work: Work,
): Result<ValidateFunction, Problem[]> {
  const { problems, dialect, own } = readSchema(schema, dialects, work)
  if (!dialect || problems.length > 0) return err(problems)
  try {
    return ok(dialect.compile(own))
  } catch (error) {
    return err([compileProblem(error)])
  }
}

/** All that can be told of a schema without compiling it. */
function readSchema(
  schema: Record<string, unknown>,
  dialects: Dialects,
  work: Work,
): { problems: Problem[]; dialect: Dialects[keyof Dialects] | null; own: Record<string, unknown> } {
  const { $schema: _dialect, ...own } = schema
  const named = dialectOf(schema)
  if (!named.ok) return { problems: [named.error], dialect: null, own }
  const dialect = dialects[named.value]
  if (schema.$async !== undefined) return { problems: [{ pointer: '/$async', message: NO_ASYNC }], dialect, own }
  work.begin(own)
  const problems = [...schemaProblems(dialect.errorsOf(own), own), ...patternProblems(own), ...refProblems(own)]
  if (problems.length === 0 && weightOf(own, (ref) => placeOf(own, ref)) > MOST_WEIGHT)
    problems.push({ pointer: '', message: TOO_HEAVY })
  return { problems, dialect, own }
}

const NAMED = ['$id', '$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveAnchor', '$recursiveRef']

/** Whether each `$ref` leads to a definition of the schema itself, so that what it names was read with the rest. */
function isPlain(schema: Record<string, unknown>): boolean {
  for (const { schema: inner } of subSchemas(schema)) {
    if (NAMED.some((key) => Object.hasOwn(inner, key))) return false
    const { $ref: ref } = inner
    if (ref !== undefined && (typeof ref !== 'string' || !/^#(\/(\$defs|definitions)\/[^/]+)?$/.test(ref))) return false
  }
  return true
}

function sizeProblem(schema: Record<string, unknown>): Problem | null {
  if (levelsOf(schema) > MOST_LEVELS)
    return { pointer: '', message: `The schema is nested deeper than ${MOST_LEVELS} levels: flatten it.` }
  if (JSON.stringify(schema).length > MOST_CHARACTERS)
    return { pointer: '', message: `The schema is longer than ${MOST_CHARACTERS} characters: shorten it.` }
  return null
}

function dialectOf(schema: Record<string, unknown>): Result<keyof Dialects, Problem> {
  const named = schema.$schema
  if (named === undefined) return ok('2020-12')
  const found = typeof named === 'string' && /(2020-12|2019-09|draft-0[67])/.exec(named)?.[1]
  if (found) return ok(found === 'draft-06' ? 'draft-07' : (found as keyof Dialects))
  const message = `"$schema" names ${whatItIs(named)}, which Volley does not read: use draft 2020-12 or draft-07.`
  return err({ pointer: '/$schema', message })
}

/** Parameters are an object's, for every provider. */
function typeProblem(schema: Record<string, unknown>, problems: readonly Problem[]): Problem[] {
  if (schema.type === 'object' || problems.some(({ pointer }) => pointer === '/type')) return []
  const is = schema.type === undefined ? 'it is missing' : `it is ${whatItIs(schema.type)}`
  return [{ pointer: '/type', message: `"type" of parameters must be "object", but ${is}.` }]
}

function levelsOf(value: unknown, limit = MOST_LEVELS + 1): number {
  if (typeof value !== 'object' || value === null || limit === 0) return 0
  let most = 0
  for (const inner of Object.values(value)) most = Math.max(most, levelsOf(inner, limit - 1))
  return most + 1
}
