import type { Problem } from '@volley/shared/flow/problem.ts'
import { canonicalJson, isObject, jsonPointer } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { whatItIs } from '@volley/shared/lib/words.ts'
import { Ajv, type ErrorObject, MissingRefError, type Options, type ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { compileRegExp } from './linearRegExp.ts'
import { schemaProblems, valueProblems } from './schemaMessages.ts'
import { subSchemas } from './schemaWalk.ts'
import { weightOf } from './schemaWeight.ts'

const MOST_CHARACTERS = 200_000
const MOST_LEVELS = 60
const MOST_CACHED = 500
const MOST_WEIGHT = 100_000
const TOO_HEAVY =
  'The schema grows beyond measure when its $ref are followed: let definitions use each other less often.'

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
  const dialects = makeDialects()
  const cache = new Map<string, Result<ValidateFunction, Problem[]>>()

  const compiled = (schema: unknown): Result<ValidateFunction, Problem[]> => {
    if (!isObject(schema))
      return err([{ pointer: '', message: `A schema is an object, but this is ${whatItIs(schema)}.` }])
    if (levelsOf(schema) > MOST_LEVELS)
      return fault(`The schema is nested deeper than ${MOST_LEVELS} levels: flatten it.`)
    const key = canonicalJson(schema)
    if (key.length > MOST_CHARACTERS)
      return fault(`The schema is longer than ${MOST_CHARACTERS} characters: shorten it.`)
    const made = cache.get(key) ?? compileSchema(schema, dialects)
    cache.delete(key)
    cache.set(key, made)
    if (cache.size > MOST_CACHED) cache.delete(cache.keys().next().value as string)
    return made
  }

  return {
    check(schema) {
      const made = compiled(schema)
      const problems = made.ok ? [] : made.error
      return isObject(schema) ? [...problems, ...typeProblem(schema, problems)] : problems
    },
    validate(schema, value) {
      const made = compiled(schema)
      if (!made.ok) return made.error
      try {
        return made.value(value) ? [] : valueProblems(made.value.errors ?? [], value)
      } catch (error) {
        // A schema that refers to itself without end is only found out by using it.
        if (error instanceof RangeError)
          return [{ pointer: '', message: 'The schema refers to itself without end: repair its $ref.' }]
        throw error
      }
    },
  }
}

interface Dialect {
  /** Errors of a schema against the dialect's own schema. */
  errorsOf(schema: Record<string, unknown>): readonly ErrorObject[]
  compile(schema: Record<string, unknown>): ValidateFunction
}
type Dialects = Record<'2020-12' | '2019-09' | 'draft-07', Dialect>

function makeDialects(): Dialects {
  return { '2020-12': dialect(Ajv2020), '2019-09': dialect(Ajv2019), 'draft-07': dialect(Ajv) }
}

function dialect(Library: typeof Ajv): Dialect {
  let forMeta: Ajv | undefined
  return {
    errorsOf(schema) {
      forMeta ??= formats.default(new Library(OPTIONS), { keywords: false })
      forMeta.validateSchema(schema)
      return forMeta.errors ?? []
    },
    // A library of its own for each schema: an id in one can then never name, or replace, another or the meta-schema.
    compile(schema) {
      const own = new Library({ ...OPTIONS, meta: false, validateSchema: false })
      return formats.default(own, { keywords: false }).compile(schema)
    },
  }
}

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  verbose: true,
  ownProperties: true,
  logger: false,
  code: {
    regExp: Object.assign(
      (pattern: string) => {
        const made = compileRegExp(pattern)
        if (made.ok) return made.value
        throw new UnusablePattern(pattern, made.error)
      },
      { code: 'linearRegExp' },
    ),
  },
}

class UnusablePattern extends Error {
  pattern: string
  reason: string
  constructor(pattern: string, reason: string) {
    super(`"${pattern}": ${reason}`)
    this.pattern = pattern
    this.reason = reason
  }
}

function compileSchema(schema: Record<string, unknown>, dialects: Dialects): Result<ValidateFunction, Problem[]> {
  const dialect = dialectOf(schema)
  if (!dialect.ok) return err([dialect.error])
  const { $schema: _dialect, ...own } = schema
  const { errorsOf, compile } = dialects[dialect.value]
  const problems = [...schemaProblems(errorsOf(own), own), ...patternProblems(own), ...refProblems(own)]
  if (problems.length > 0) return err(problems)
  if (weightOf(own, (ref) => placeOf(own, ref)) > MOST_WEIGHT) return fault(TOO_HEAVY)
  try {
    return ok(compile(own))
  } catch (error) {
    return err([compileProblem(error)])
  }
}

function dialectOf(schema: Record<string, unknown>): Result<keyof Dialects, Problem> {
  const named = schema.$schema
  if (named === undefined) return ok('2020-12')
  const found = typeof named === 'string' && /(2020-12|2019-09|draft-0[67])/.exec(named)?.[1]
  if (found) return ok(found === 'draft-06' ? 'draft-07' : (found as keyof Dialects))
  const message = `"$schema" names ${whatItIs(named)}, which Volley does not read: use draft 2020-12 or draft-07.`
  return err({ pointer: '/$schema', message })
}

function patternProblems(schema: Record<string, unknown>): Problem[] {
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
function refProblems(schema: Record<string, unknown>): Problem[] {
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
function placeOf(schema: unknown, ref: string): unknown {
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

function compileProblem(error: unknown): Problem {
  if (error instanceof UnusablePattern) return { pointer: '', message: patternMessage(error.pattern, error.reason) }
  if (error instanceof MissingRefError)
    return {
      pointer: '',
      message: `"${error.missingRef}" lies outside this schema and is never fetched: copy it into "$defs".`,
    }
  return { pointer: '', message: `The schema cannot be used: ${error instanceof Error ? error.message : error}.` }
}

/** Parameters are an object's, for every provider. */
function typeProblem(schema: Record<string, unknown>, problems: readonly Problem[]): Problem[] {
  if (schema.type === 'object' || problems.some(({ pointer }) => pointer === '/type')) return []
  const is = schema.type === undefined ? 'it is missing' : `it is ${whatItIs(schema.type)}`
  return [{ pointer: '/type', message: `"type" of parameters must be "object", but ${is}.` }]
}

const fault = (message: string) => err([{ pointer: '', message }])

function levelsOf(value: unknown, limit = MOST_LEVELS + 1): number {
  if (typeof value !== 'object' || value === null || limit === 0) return 0
  let most = 0
  for (const inner of Object.values(value)) most = Math.max(most, levelsOf(inner, limit - 1))
  return most + 1
}
