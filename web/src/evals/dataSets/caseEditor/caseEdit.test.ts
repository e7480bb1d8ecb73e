import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { expect, test } from 'vitest'
import { addCall, changeCall, removeCall, toggleAfter } from './callEdits.ts'
import { type CallDraft, type CaseDraft, NEW_CHECK } from './caseDraft.ts'
import { editOf, isChanged, readEdit, textFault, textOf, withDraft, withText } from './caseEdit.ts'

const FULL: TestCase = {
  id: 'two-ports',
  name: 'Two ports',
  input: 'When can we sail?',
  variables: { audience: 'pilots' },
  messages: [
    { role: 'user', text: 'Hello' },
    { role: 'assistant', text: 'Yes?' },
  ],
  tools: [
    { name: 'tide', parameters: { type: 'object' }, result: 4 },
    { name: 'sail', parameters: {} },
  ],
  expected: {
    calls: [
      {
        id: 'oslo',
        tool: 'tide',
        arguments: { port: ['Oslo', { code: 1 }], days: [] },
        omittable: ['days'],
        together: 'tides',
      },
      { id: 'bergen', tool: 'tide', arguments: {}, together: 'tides' },
      { tool: 'sail', need: 'optional', after: ['oslo', 'bergen'] },
    ],
    texts: 'loose',
    answer: [
      { kind: 'contains', text: 'noon', ignoreCase: true },
      { kind: 'equals', text: '' },
      { kind: 'regex', pattern: '[0-9]+' },
      { kind: 'json', value: { at: 12 } },
      { kind: 'judge', rubric: 'Is it polite?', provider: 'openai', model: 'm' },
    ],
  },
  bfcl: { category: 'parallel', functions: '[]', possibleAnswer: '[5.0]', names: {} },
}
const NONE = new Set<string>()
const full = editOf(FULL)
const withCalls = (calls: CallDraft[]) => withDraft({ ...full.draft, calls })
const faultsOf = (draft: CaseDraft, taken = NONE) => {
  const read = readEdit(withDraft(draft), taken)
  return read.ok ? [] : read.error.map(({ message }) => message)
}
const calls = full.draft.calls ?? []

test('a case comes out of its form as it went in, with all that the form does not show', () => {
  expect(readEdit(full, NONE)).toEqual({ ok: true, value: FULL })
  expect(isChanged(full, FULL)).toBe(false)
  const least: TestCase = { id: 'a', input: '', expected: {} }
  expect(readEdit(editOf(least), NONE)).toEqual({ ok: true, value: least })
})

test('a value that is no JSON yet stays in the form, names its place, and counts as a change', () => {
  const [first] = calls as [CallDraft]
  const [port] = first.parameters as [NonNullable<CallDraft['parameters']>[number]]
  const edit = withCalls(changeCall(calls, first.key, { parameters: [{ ...port, values: ['Oslo', '5'] }] }))
  const read = readEdit(edit, NONE)
  expect(read).toEqual({
    ok: false,
    error: [{ at: 'call 0 parameter 0 value 0', message: expect.stringContaining('Call 1, “port”: this is no JSON') }],
  })
  expect(textOf(edit).ok).toBe(false)
  expect(isChanged(edit, FULL)).toBe(true)
})

test('what a case must have is said in the words of the form, all at once', () => {
  const draft = {
    ...full.draft,
    id: ' taken ',
    messages: [{ role: 'user' as const, text: '' }],
    calls: addCall(changeCall(calls, 1, { id: 'oslo' }), ''),
    answer: [NEW_CHECK, { ...NEW_CHECK, kind: 'json' as const }],
  }
  expect(faultsOf(draft, new Set(['taken']))).toEqual([
    'The id “taken” is taken by another case of this set.',
    'Earlier message 1 is empty: write or remove it.',
    expect.stringContaining('begin with the user'),
    'Call 2: the id “oslo” is that of call 1: give it another.',
    'Call 4: name the tool.',
    'Check 1 of the answer: write the text that the answer must contain.',
    'Check 2 of the answer: a value is missing.',
  ])
})

test('what the form cannot see at one field is said of the case as a whole', () => {
  const inCircle = toggleAfter(calls, 0, 2)
  expect(faultsOf({ ...full.draft, calls: inCircle })).toEqual([expect.stringContaining('wait for each other')])
})

test('an order survives a new id, gives an id to who is waited for, and ends with a call that is removed', () => {
  const afterOf = (list: CallDraft[]) => {
    const read = readEdit(withCalls(list), NONE)
    return read.ok ? read.value.expected.calls?.map(({ id, after }) => [id, after]) : read.error
  }
  expect(afterOf(changeCall(calls, 0, { id: 'north' }))).toEqual([
    ['north', undefined],
    ['bergen', undefined],
    [undefined, ['north', 'bergen']],
  ])
  const waiting = toggleAfter(toggleAfter(changeCall(calls, 2, { after: [] }), 0, 2), 1, 2)
  expect(afterOf(waiting)).toEqual([
    ['oslo', ['sail']],
    ['bergen', ['sail']],
    ['sail', undefined],
  ])
  expect(afterOf(removeCall(calls, 0))).toEqual([
    ['bergen', undefined],
    [undefined, ['bergen']],
  ])
  expect(faultsOf({ ...full.draft, calls: changeCall(calls, 0, { id: '' }) })).toEqual([
    'Call 1: another call comes after it, so it needs an id.',
  ])
})

test('form and JSON are two views of one case: each follows the other as soon as it can', () => {
  const typed = withText(full, JSON.stringify({ ...FULL, name: 'Typed' }))
  expect([typed.draft.name, textFault(typed)]).toEqual(['Typed', null])
  const half = withText(typed, '{"id": "x",')
  expect([half.draft.name, textFault(half)]).toEqual(['Typed', expect.stringContaining('Line 1, column 12')])
  expect(readEdit(half, NONE)).toMatchObject({ ok: false, error: [{ at: 'json' }] })
  expect(textFault(withText(full, '{"id": "x"}'))).toMatch(/no case yet: "input" is missing/)
  const form = withDraft({ ...typed.draft, name: 'By form' })
  expect(textOf(form)).toEqual({ ok: true, value: JSON.stringify({ ...FULL, name: 'By form' }, null, 2) })
})
