import { readCase } from '@volley/shared/evals/readCases.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { jsonFault } from '@volley/shared/lib/jsonFault.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { CallDraft, CaseDraft, CheckDraft } from './caseDraft.ts'

/** What is wrong with a field of the form. `at` names the field: `call 3 tool`; empty for the case as a whole. */
export interface DraftFault {
  at: string
  message: string
}

/** How faults name the fields of a call and of a check. */
export const callField = (key: number, field: string) => `call ${key} ${field}`
export const checkField = (index: number) => `check ${index}`
export const messageField = (index: number) => `message ${index}`

/**
 * The JSON that a draft stands for, as little of it as says all: what is left at its default is left out. It may be no case yet. Faults
 * are texts that are no JSON.
 */
export function writeDraft(draft: CaseDraft): Result<unknown, DraftFault[]> {
  const faults: DraftFault[] = []
  const value = (text: string, at: string, what: string): unknown => {
    const read = readJson(text)
    if (read.ok) return read.value
    faults.push({ at, message: `${what}: ${read.error}` })
    return null
  }
  const { id, name, input, variables, messages, calls, texts, answer, rest } = draft
  const written = {
    id: id.trim(),
    ...(name.trim() ? { name: name.trim() } : {}),
    input,
    ...(Object.keys(variables).length > 0 ? { variables } : {}),
    ...(messages.length > 0 ? { messages } : {}),
    ...(rest.tools ? { tools: rest.tools } : {}),
    expected: {
      ...(calls ? { calls: calls.map((call, index) => writeCall(call, index, calls, value)) } : {}),
      ...(texts === 'loose' ? { texts } : {}),
      ...(answer.length > 0 ? { answer: answer.map((check, index) => writeCheck(check, index, value)) } : {}),
    },
    ...(rest.bfcl ? { bfcl: rest.bfcl } : {}),
  }
  return faults.length > 0 ? err(faults) : ok(written)
}

type ValueOf = (text: string, at: string, what: string) => unknown

function writeCall(call: CallDraft, index: number, calls: readonly CallDraft[], value: ValueOf) {
  const { key, id, tool, need, parameters, after, together } = call
  const omittable = (parameters ?? []).flatMap(({ name, mayBeLeftOut }) => (mayBeLeftOut ? [name] : []))
  const valuesOf = ({ name, isAny, values }: NonNullable<typeof parameters>[number], place: number) =>
    isAny
      ? []
      : (values.length > 0 ? values : ['']).map((text, which) =>
          value(text, callField(key, `parameter ${place} value ${which}`), `${callWords(index)}, “${name}”`),
        )
  return {
    ...(id.trim() ? { id: id.trim() } : {}),
    tool: tool.trim(),
    ...(need === 'required' ? {} : { need }),
    ...(parameters
      ? { arguments: Object.fromEntries(parameters.map((one, place) => [one.name.trim(), valuesOf(one, place)])) }
      : {}),
    ...(omittable.length > 0 ? { omittable } : {}),
    ...(after.length > 0 ? { after: after.map((of) => calls.find((other) => other.key === of)?.id.trim() ?? '') } : {}),
    ...(together.trim() ? { together: together.trim() } : {}),
  }
}

function writeCheck({ kind, text, ignoreCase, provider, model }: CheckDraft, index: number, value: ValueOf) {
  switch (kind) {
    case 'contains':
    case 'equals':
      return { kind, text, ...(ignoreCase ? { ignoreCase } : {}) }
    case 'regex':
      return { kind, pattern: text }
    case 'json':
      return { kind, value: value(text, checkField(index), checkWords(index)) }
    case 'judge':
      return {
        kind,
        rubric: text,
        ...(provider.trim() ? { provider: provider.trim() } : {}),
        ...(model.trim() ? { model: model.trim() } : {}),
      }
  }
}

/** The case that a draft is, or all that keeps it from being one. `taken` are the ids of the other cases of its set. */
export function readDraft(draft: CaseDraft, taken: ReadonlySet<string>): Result<TestCase, DraftFault[]> {
  const written = writeDraft(draft)
  const faults = [...ownFaults(draft, taken), ...(written.ok ? [] : written.error)]
  if (!written.ok || faults.length > 0) return err(faults)
  const read = readCase(written.value)
  return read.ok ? read : err([{ at: '', message: asSentence(read.error) }])
}

/** What a case in a set must have, in the words of the form. */
function ownFaults({ id, messages, calls, answer }: CaseDraft, taken: ReadonlySet<string>): DraftFault[] {
  return [...idFaults(id.trim(), taken), ...messageFaults(messages), ...callFaults(calls ?? []), ...checkFaults(answer)]
}

/** What is wrong with an id among the others of its set. */
export function idFaults(id: string, taken: ReadonlySet<string>): DraftFault[] {
  if (id === '') return [{ at: 'id', message: 'Give the case an id that no other of its set has.' }]
  if (id.length > 200) return [{ at: 'id', message: 'The id is too long: 200 letters at most.' }]
  return taken.has(id) ? [{ at: 'id', message: `The id “${id}” is taken by another case of this set.` }] : []
}

function messageFaults(messages: CaseDraft['messages']): DraftFault[] {
  const empty = messages.flatMap(({ text }, index) =>
    text === ''
      ? [{ at: messageField(index), message: `Earlier message ${index + 1} is empty: write or remove it.` }]
      : [],
  )
  const inTurn = messages.every(({ role }, index) => (role === 'user') === (index % 2 === 0))
  if (inTurn && messages.length % 2 === 0) return empty
  const message =
    'Earlier messages are what user and assistant said in turn: they begin with the user and end with the assistant.'
  return [...empty, { at: 'messages', message }]
}

function callFaults(calls: readonly CallDraft[]): DraftFault[] {
  const awaited = new Set(calls.flatMap(({ after }) => after))
  return calls.flatMap(({ key, id, tool, parameters }, index) => {
    const faults: DraftFault[] = []
    const tell = (field: string, message: string) =>
      faults.push({ at: callField(key, field), message: `${callWords(index)}: ${message}` })
    if (tool.trim() === '') tell('tool', 'name the tool.')
    if (id.trim() === '' && awaited.has(key)) tell('id', 'another call comes after it, so it needs an id.')
    const twin = calls.findIndex((other) => other.id.trim() !== '' && other.id.trim() === id.trim())
    if (twin >= 0 && twin < index) tell('id', `the id “${id.trim()}” is that of call ${twin + 1}: give it another.`)
    const names = (parameters ?? []).map(({ name }) => name.trim())
    for (const [place, name] of names.entries()) {
      if (name === '') tell(`parameter ${place}`, 'a parameter has no name: name or remove it.')
      else if (names.indexOf(name) < place) tell(`parameter ${place}`, `“${name}” stands there twice.`)
    }
    return faults
  })
}

const WANTS = {
  contains: 'write the text that the answer must contain.',
  regex: 'write the pattern that the answer must match.',
  judge: 'write what the answer is judged by.',
} as const

function checkFaults(answer: readonly CheckDraft[]): DraftFault[] {
  return answer.flatMap(({ kind, text }, index) =>
    kind in WANTS && text === ''
      ? [{ at: checkField(index), message: `${checkWords(index)}: ${WANTS[kind as keyof typeof WANTS]}` }]
      : [],
  )
}

const callWords = (index: number) => `Call ${index + 1}`
const checkWords = (index: number) => `Check ${index + 1} of the answer`

function readJson(text: string): Result<unknown, string> {
  if (text.trim() === '') return err('a value is missing.')
  const fault = jsonFault(text)
  if (!fault) return ok(JSON.parse(text))
  return err(`this is no JSON: ${fault.reason}. A text stands in double quotes.`)
}

const asSentence = (fault: string) => `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`
