import { err, type Result } from '../../lib/result.ts'
import { collectCases, type ReadCases, readCase } from '../readCases.ts'
import type { CaseTool, TestCase } from '../testCase.ts'
import { expectedCallsOf } from './expectedCalls.ts'
import { toJsonSchema } from './toJsonSchema.ts'
import { isTypedObject, parseTyped, plainJson, type Typed, type TypedObject, typedText } from './typedJson.ts'

/**
 * Reads a file of the leaderboard, and the file of its answers where it has one (`irrelevance` has none), as cases that bring their own
 * tools. Entries with several user turns need a world that changes between them, and are told as faults.
 */
export function readBfclCases(entries: string, answers: string | null): ReadCases {
  const answerOf = new Map<string, Typed>()
  for (const { value } of objectsIn(answers ?? '')) {
    if (value && typeof value.id === 'string' && value.ground_truth !== undefined)
      answerOf.set(value.id, value.ground_truth)
  }
  return collectCases(objectsIn(entries).map(({ line, value }) => ({ line, read: readEntry(value, answerOf) })))
}

function readEntry(entry: TypedObject | null, answerOf: ReadonlyMap<string, Typed>): Result<TestCase, string> {
  if (!entry) return err('it is no JSON object')
  const { id, question, function: functions } = entry
  if (typeof id !== 'string') return err('"id" must be a text')
  if (!Array.isArray(question) || !Array.isArray(question[0])) return err('"question" must be a list of user turns')
  if (question.length > 1)
    return err(`it has ${question.length} user turns, with a world that changes between them: a case has one`)
  if (!Array.isArray(functions) || !functions.every(isTypedObject)) return err('"function" must be a list of functions')
  const said = question[0].map((message) => (isTypedObject(message) ? message : {}))
  const last = said.at(-1)
  if (last?.role !== 'user' || typeof last.content !== 'string')
    return err('its last message must be a text of the user')
  const category = id.replace(/_[\d-]+$/, '')
  const answer = answerOf.get(id)
  const isIrrelevance = category.includes('irrelevance')
  if (!isIrrelevance && !Array.isArray(answer)) return err(`the answers name no "${id}"`)
  const possible = isIrrelevance ? [] : (answer as Typed[])
  const names = legalNames(functions.map(({ name }) => String(name)))
  return readCase({
    id,
    input: last.content,
    ...(said.length > 1 ? { messages: said.slice(0, -1).map(({ role, content }) => ({ role, text: content })) } : {}),
    tools: functions.map((one, at): CaseTool => {
      const { description } = one
      return {
        name: names[at]?.legal ?? '',
        ...(typeof description === 'string' ? { description } : {}),
        parameters: toJsonSchema(one.parameters),
      }
    }),
    expected: { calls: expectedCallsOf(possible, functions, names), texts: 'loose' },
    bfcl: {
      category,
      functions: typedText(functions),
      possibleAnswer: typedText(possible),
      names: Object.fromEntries(names.flatMap(({ legal, own }) => (legal === own ? [] : [[legal, own]]))),
    },
  })
}

/** Each name with every sign that a tool's name cannot have as `_`, cut to 64, and no two the same. */
export function legalNames(own: readonly string[]): { own: string; legal: string }[] {
  const taken = new Set<string>()
  return own.map((name) => {
    const base = name.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || '_'
    let legal = base
    for (let count = 2; taken.has(legal); count++) legal = `${base.slice(0, 63 - String(count).length)}_${count}`
    taken.add(legal)
    return { own: name, legal }
  })
}

function objectsIn(text: string): { line: number; value: TypedObject | null }[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '') return []
    try {
      const value = parseTyped(line)
      return [{ line: at + 1, value: isTypedObject(value) ? value : null }]
    } catch {
      return [{ line: at + 1, value: null }]
    }
  })
}

/** Whether a text looks like a file of the leaderboard: its first line has a question and functions. */
export function isBfclFile(text: string): boolean {
  const [first] = objectsIn(text.slice(0, text.indexOf('\n') + 1 || undefined))
  return first?.value?.question !== undefined && plainJson(first.value.function ?? null) !== null
}

/** Whether a text looks like the answers of the leaderboard: its first line has a ground truth and no question. */
export function isBfclAnswers(text: string): boolean {
  const [first] = objectsIn(text.slice(0, text.indexOf('\n') + 1 || undefined))
  return first?.value?.ground_truth !== undefined && first.value.question === undefined
}
