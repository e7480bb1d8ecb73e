import type { z } from 'zod'
import { MOST_LEVELS } from '../flow/parse.ts'
import { isDeeperThan, isObject } from '../lib/json.ts'
import { jsonFault } from '../lib/jsonFault.ts'
import { readPath } from '../lib/path.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { listOr, whatItIs } from '../lib/words.ts'
import { caseFaults, type TestCase, testCaseSchema } from './testCase.ts'

/** What is wrong with one case, and the line it begins at, from 1. */
export interface CaseFault {
  line: number
  message: string
}

/** What could be read of a file of cases. A line that cannot be read costs that case alone. */
export interface ReadCases {
  cases: TestCase[]
  faults: CaseFault[]
}

/** Reads JSON lines: a case a line, empty lines left out. */
export function readCases(text: string): ReadCases {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ line: at + 1, read: readLine(line) }]))
  return collectCases(rows)
}

/** Puts together what was read one by one; a second case with an id that is taken is a fault. */
export function collectCases(rows: readonly { line: number; read: Result<TestCase, string> }[]): ReadCases {
  const cases: TestCase[] = []
  const faults: CaseFault[] = []
  const lineOf = new Map<string, number>()
  for (const { line, read } of rows) {
    if (!read.ok) {
      faults.push({ line, message: read.error })
      continue
    }
    const { id } = read.value
    const before = lineOf.get(id)
    if (before !== undefined) {
      faults.push({ line, message: `the id "${id}" is taken by the case in line ${before}: give each case its own` })
      continue
    }
    lineOf.set(id, line)
    cases.push(read.value)
  }
  return { cases, faults }
}

function readLine(line: string): Result<TestCase, string> {
  if (isDeeperThan(line, MOST_LEVELS)) return err(`it is nested deeper than ${MOST_LEVELS} levels`)
  const fault = jsonFault(line)
  if (fault) return err(`it is no JSON: ${fault.reason}, at column ${fault.column}`)
  return readCase(JSON.parse(line))
}

/** Reads a JSON value as a case; all that is wrong in one sentence. */
export function readCase(value: unknown): Result<TestCase, string> {
  if (!isObject(value)) return err('it is no JSON object')
  const parsed = testCaseSchema.safeParse(value)
  if (!parsed.success) return err(parsed.error.issues.map((issue) => issueWords(value, issue)).join('; '))
  const faults = caseFaults(parsed.data)
  return faults.length > 0 ? err(faults.join('; ')) : ok(parsed.data)
}

const TYPES: Record<string, string> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function issueWords(value: unknown, issue: z.core.$ZodIssue): string {
  const place = placeOf(issue.path)
  if (issue.code === 'unrecognized_keys') return `${place ? `"${place}"` : 'a case'} has no ${listOr(issue.keys)}`
  if (issue.code === 'invalid_type' && place) {
    const found = readPath(
      value,
      issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
    )
    if (!found.found) return `"${place}" is missing`
    return `"${place}" must be ${TYPES[issue.expected] ?? issue.expected}, but is ${whatItIs(found.value)}`
  }
  return place ? `"${place}": ${issue.message}` : issue.message
}

const placeOf = (path: readonly PropertyKey[]) =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${String(step)}`)).join('')
