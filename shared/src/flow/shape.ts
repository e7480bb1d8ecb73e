import type { z } from 'zod'
import { closest } from '../lib/closest.ts'
import { isObject, jsonPointer } from '../lib/json.ts'
import { readPath } from '../lib/path.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { listOr, whatItIs } from '../lib/words.ts'
import { expectationAt } from './expectation.ts'
import { FLOW_FORMAT, type Flow, flowSchema } from './flow.ts'
import { type Problem, problemsIn } from './problem.ts'

/** Checks a document's shape: every key known, every required one there, every value of its type and range. */
export function parseShape(document: unknown): Result<Flow, Problem[]> {
  const parsed = flowSchema.safeParse(document)
  return parsed.success
    ? ok(parsed.data)
    : err(problemsIn(parsed.error.issues, (issue) => problemsOfIssue(document, issue)))
}

function problemsOfIssue(document: unknown, issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(document, issue.path, key))
  const path = issue.code === 'invalid_union' ? innermostFault(document, issue.path) : issue.path
  return [{ pointer: jsonPointer(path), message: sentence(wrongValue(document, path)) }]
}

function unknownKey(document: unknown, path: readonly PropertyKey[], key: string): Problem {
  const keys = expectationAt(document, path).keys ?? []
  const meant = closest(key, keys)
  const way = meant ? `did you mean "${meant}"?` : `it may have ${listOr(keys)}.`
  const message = `${label(path)} has no key "${key}": ${way}`
  return { pointer: jsonPointer([...path, key]), message: sentence(message) }
}

function wrongValue(document: unknown, path: readonly PropertyKey[]): string {
  const { what } = expectationAt(document, path)
  const value = valueAt(document, path)
  if (value === undefined) return `${label(path)} is missing from ${label(path.slice(0, -1))}: it must be ${what}.`
  if (path.length === 1 && path[0] === 'format' && typeof value === 'string')
    return `"format" is "${value}", which this version of Volley does not know: it reads "${FLOW_FORMAT}". Update Volley, or save the flow with the version you have.`
  const name = typeof value === 'string' ? closest(value, choicesIn(what)) : undefined
  return `${label(path)} must be ${what}, but is ${whatItIs(value)}${name ? `: did you mean "${name}"?` : '.'}`
}

/**
 * Where a value is not JSON (an Infinity such as 1e999, deep in a result), the schema can only say that no alternative fits.
 * The fault is the first place inside that is none.
 */
function innermostFault(document: unknown, path: PropertyKey[]): PropertyKey[] {
  const value = valueAt(document, path)
  if (typeof value !== 'object' || value === null) return path
  for (const [key, inner] of Object.entries(value))
    if (!isJson(inner)) return innermostFault(document, [...path, Array.isArray(value) ? Number(key) : key])
  return path
}

function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isJson)
  if (isObject(value)) return Object.values(value).every(isJson)
  if (typeof value === 'number') return Number.isFinite(value)
  return value === null || typeof value === 'string' || typeof value === 'boolean'
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  const steps = path.map((step) => (typeof step === 'number' ? step : String(step)))
  const found = readPath(document, steps)
  return found.found ? found.value : undefined
}

/** How a place is called: `"retries"`, `item 2 of "tools"`, `the document`. */
function label(path: readonly PropertyKey[]): string {
  const last = path.at(-1)
  if (last === undefined) return 'the document'
  return typeof last === 'number' ? `item ${last + 1} of ${label(path.slice(0, -1))}` : `"${String(last)}"`
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const choicesIn = (what: string) => [...what.matchAll(/"([^"]+)"/g)].map((found) => found[1] ?? '')
