import { err, ok, type Result } from '../../lib/result.ts'
import { isTypedObject, parseTyped, type Typed, type TypedObject } from './typedJson.ts'
import type { BfclCall, BfclCase, BfclFunction } from './verdict.ts'

/** A case with answers to be judged: one line of a file. */
export interface BfclRow {
  id: string
  case: BfclCase
  candidates: { n: number; dotsToUnderscores: boolean; calls: BfclCall[] }[]
}

/** Reads one line: `{ id, category, functions, possible_answer, candidates: [{ n, dots_to_underscores?, calls: [{ name, arguments }] }] }`. Says in a sentence what is missing or wrong. */
export function readRow(line: string): Result<BfclRow, string> {
  let row: Typed
  try {
    row = parseTyped(line)
  } catch (error) {
    return err(`it is no JSON: ${(error as Error).message}`)
  }
  if (!isTypedObject(row)) return err('it is no JSON object')
  const { id, category, functions, possible_answer: answer, candidates } = row
  if (typeof id !== 'string') return err('"id" must be a text')
  if (typeof category !== 'string') return err('"category" must be a text, such as "parallel"')
  if (!Array.isArray(functions) || !functions.every(isFunction))
    return err('"functions" must be a list of functions, each with "name" and "parameters"')
  if (answer !== null && answer !== undefined && !(Array.isArray(answer) && answer.every(isTypedObject)))
    return err('"possible_answer" must be a list of objects, or null')
  if (!Array.isArray(candidates)) return err('"candidates" must be a list of answers to judge')
  const read: BfclRow['candidates'] = []
  for (const [at, candidate] of candidates.entries()) {
    if (!isTypedObject(candidate) || !Array.isArray(candidate.calls) || !candidate.calls.every(isCall))
      return err(`candidate ${at + 1} must have "calls", each with a "name" and its "arguments" as JSON text`)
    read.push({
      n: typeof candidate.n === 'number' ? candidate.n : at,
      dotsToUnderscores: candidate.dots_to_underscores === true,
      calls: candidate.calls as unknown as BfclCall[],
    })
  }
  return ok({
    id,
    case: {
      category,
      functions: functions as unknown as BfclFunction[],
      possible_answer: (answer ?? null) as TypedObject[] | null,
    },
    candidates: read,
  })
}

const isFunction = (one: Typed) =>
  isTypedObject(one) && typeof one.name === 'string' && isTypedObject(one.parameters as Typed | undefined)

const isCall = (one: Typed) => isTypedObject(one) && typeof one.name === 'string' && typeof one.arguments === 'string'
