import { isDeeperThan, isObject, jsonPointer } from '../lib/json.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { type CheckSchema, checkMeaning } from './check.ts'
import type { Flow } from './flow.ts'
import { MIGRATIONS, type Migration, migrate } from './migrations.ts'
import { MOST_PROBLEMS, type Problem } from './problem.ts'
import { parseShape } from './shape.ts'

export const MOST_BYTES = 5_000_000
export const MOST_LEVELS = 64
const MOST_ENTRIES = 20_000

export interface ParseOptions {
  /** Tells what is wrong with a schema of parameters, with pointers relative to it. Passed in: shared code has no JSON Schema library. */
  checkSchema: CheckSchema
  migrations?: readonly Migration[]
}

/**
 * Reads a flow document (contract 2), older formats brought up to date. All faults are reported together, each with the JSON Pointer
 * of the faulty key or value, or of the one that is missing.
 */
export function parseFlow(
  value: unknown,
  { checkSchema, migrations = MIGRATIONS }: ParseOptions,
): Result<Flow, Problem[]> {
  const unsafe = unsafePlaces(value)
  if (unsafe.tooDeep) return err([unsafe.tooDeep])
  const document = migrate(value, migrations)
  const tooMany = endlessLists(document)
  if (tooMany.length > 0) return err(tooMany)
  const shape = parseShape(document)
  const problems = [...unsafe.problems, ...(shape.ok ? [] : shape.error), ...checkMeaning(document, checkSchema)]
  return shape.ok && problems.length === 0 ? shape : err(tidy(problems))
}

/** Why a text gave no flow. The code is the one of the HTTP interface: what could not be read, and what was read but is wrong. */
export interface TextFault {
  code: 'too_large' | 'bad_request' | 'unprocessable'
  problems: Problem[]
}

/** Reads a flow document from its text. One that is too large or nested too deeply is refused before it is read in. */
export function parseFlowText(text: string, options: ParseOptions): Result<Flow, TextFault> {
  const json = parseDocumentText(text)
  if (!json.ok) return json
  const flow = parseFlow(json.value, options)
  return flow.ok ? flow : err({ code: 'unprocessable', problems: flow.error })
}

/** Reads a text as JSON, within the limits of a document. */
export function parseDocumentText(text: string): Result<unknown, TextFault> {
  const fault = (code: TextFault['code'], message: string) => err({ code, problems: [{ pointer: '', message }] })
  if (isLargerThan(text, MOST_BYTES))
    return fault('too_large', 'The document is larger than 5 MB: split it, or take large results out of its mocks.')
  if (isDeeperThan(text, MOST_LEVELS)) return fault('unprocessable', TOO_DEEP)
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch (error) {
    return fault('bad_request', `The document is no JSON: ${error instanceof Error ? error.message : error}.`)
  }
}

const TOO_DEEP = `The document is nested deeper than ${MOST_LEVELS} levels: flatten what lies inside.`

/**
 * Keys `__proto__`, which code that copies objects would take for something else, and the first place that lies too deep. The walk
 * ends there, so it also ends on values that hold themselves.
 */
function unsafePlaces(value: unknown): { problems: Problem[]; tooDeep: Problem | null } {
  const problems: Problem[] = []
  let tooDeep: Problem | null = null
  const path: (string | number)[] = []
  const visit = (inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || tooDeep) return
    if (path.length >= MOST_LEVELS) {
      tooDeep = { pointer: jsonPointer(path), message: TOO_DEEP }
      return
    }
    if (Array.isArray(inner)) {
      for (let index = 0; index < inner.length; index++) enter(index, inner[index])
      return
    }
    for (const key of Object.keys(inner)) {
      if (key === '__proto__')
        problems.push({
          pointer: jsonPointer([...path, key]),
          message: 'A key cannot be called "__proto__": choose another.',
        })
      enter(key, (inner as Record<string, unknown>)[key])
    }
  }
  const enter = (step: string | number, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null) return
    path.push(step)
    visit(inner)
    path.pop()
  }
  visit(value)
  return { problems, tooDeep }
}

/** Lists that no flow has: reading them entry by entry, only to refuse each, would take minutes. */
function endlessLists(document: unknown): Problem[] {
  if (!isObject(document)) return []
  return ['tools', 'edges', 'notes', 'groups', 'layout'].flatMap((part) => {
    const list = document[part]
    const length = typeof list === 'object' && list !== null ? Object.keys(list).length : 0
    if (length <= MOST_ENTRIES) return []
    const message = `"${part}" has ${length} entries, and ${MOST_ENTRIES} at most can be read: split the flow.`
    return [{ pointer: jsonPointer([part]), message }]
  })
}

/** One problem a place and message, in the order of finding; a flood is cut, and says so. */
function tidy(problems: readonly Problem[]): Problem[] {
  const isNews = new Set<string>()
  const kept = problems.filter(({ pointer, message }) => {
    if (pointer.endsWith('/__proto__') && isNews.has(pointer)) return false
    if (isNews.has(`${pointer} ${message}`)) return false
    isNews.add(pointer).add(`${pointer} ${message}`)
    return true
  })
  if (kept.length <= MOST_PROBLEMS) return kept
  const message = 'There are more problems: repair these first.'
  return [...kept.slice(0, MOST_PROBLEMS), { pointer: '', message }]
}

/** Whether a text takes more than so many bytes in UTF-8. */
function isLargerThan(text: string, limit: number): boolean {
  if (text.length > limit) return true
  if (text.length * 3 <= limit) return false
  let bytes = 0
  for (let at = 0; at < text.length && bytes <= limit; at++) {
    const code = text.charCodeAt(at)
    // Half of a surrogate pair is two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
  }
  return bytes > limit
}
