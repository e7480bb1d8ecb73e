import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { piecesOf, planImport, readCaseFiles } from './importPlan.ts'

const fixture = (name: string) => ({
  name,
  text: readFileSync(new URL(`bfcl/__fixtures__/raw/${name}`, import.meta.url), 'utf8'),
})
const aCase = (id: string, input = 'Hi') => ({ id, input, expected: {} })
const line = (value: unknown) => `${JSON.stringify(value)}\n`
const idsOf = (cases: readonly { id: string }[]) => cases.map(({ id }) => id)

test('files of several forms are read together, and each fault names its file and line', () => {
  const { cases, faults } = readCaseFiles([
    { name: 'mine.jsonl', text: `${line(aCase('one'))}{"id": "two"\n` },
    { name: 'table.CSV', text: 'id,input,tools\nthree,Hi,tide\n,Ho\n' },
    { name: 'copied.json', text: JSON.stringify(aCase('alone'), null, 2) },
  ])
  expect(idsOf(cases)).toEqual(['one', 'three', 'case-2', 'alone'])
  expect(faults).toEqual([{ file: 'mine.jsonl', line: 2, message: expect.stringContaining('no JSON') }])
})

test('the leaderboard’s answers go with its entries, whichever file was chosen first, and are no cases by themselves', () => {
  const own = { name: 'mine.jsonl', text: line(aCase('one')) }
  const { cases, faults } = readCaseFiles([fixture('answers.jsonl'), own, fixture('entries.jsonl')])
  expect(idsOf(cases).slice(0, 2)).toEqual(['one', 'simple_python_30'])
  expect(cases).toHaveLength(7)
  expect(faults).toEqual([{ file: 'entries.jsonl', line: 7, message: expect.stringContaining('4 user turns') }])
  expect(readCaseFiles([fixture('answers.jsonl')])).toEqual({
    cases: [],
    faults: [{ file: 'answers.jsonl', line: 1, message: expect.stringContaining('choose the file of their entries') }],
  })
})

test('a case whose id is taken is left out, or gets an id that nothing has', () => {
  const cases = [aCase('one'), aCase('two'), aCase('two'), aCase('two-2'), aCase('new')]
  const skipped = planImport(cases, ['one'], 'skip')
  expect(skipped).toEqual({ add: [aCase('two'), aCase('two-2'), aCase('new')], taken: ['one', 'two'] })
  expect(idsOf(planImport(cases, ['one'], 'rename').add)).toEqual(['one-2', 'two', 'two-3', 'two-2', 'new'])
})

test('many cases are sent in pieces of bounded size, in their order, and one that is too large goes alone', () => {
  const cases = [aCase('a'), aCase('b'), aCase('large', 'ü'.repeat(100)), aCase('c'), aCase('d'), aCase('e')]
  const pieces = piecesOf(cases, 100)
  expect(pieces.map(idsOf)).toEqual([['a', 'b'], ['large'], ['c', 'd'], ['e']])
  expect(piecesOf([], 120)).toEqual([])
})
