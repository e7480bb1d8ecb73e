import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRow } from './readRow.ts'
import { isEqual, parseTyped } from './typedJson.ts'
import { bfclVerdict } from './verdict.ts'

// The cases, candidates and verdicts in `__fixtures__` are those of the leaderboard's own checker: see NOTICE there.
const lines = readFileSync(`${import.meta.dirname}/__fixtures__/verdicts.jsonl`, 'utf8')
  .trim()
  .split('\n')

test('all 3,227 verdicts are those of the official checker, and so is what they name as wrong', () => {
  let judged = 0
  for (const line of lines) {
    const row = readRow(line)
    if (!row.ok) throw new Error(row.error)
    const official: { valid: boolean; error_type: string | null }[] = JSON.parse(line).candidates
    for (const [at, { calls, dotsToUnderscores }] of row.value.candidates.entries()) {
      const verdict = bfclVerdict(row.value.case, calls, { dotsToUnderscores })
      const { valid, error_type } = official[at] ?? {}
      expect({ at, ...verdict }, row.value.id).toEqual({ at, valid, ...(error_type ? { error_type } : {}) })
      judged++
    }
  }
  expect(judged).toBe(3227)
})

test('5 and 5.0 are told apart as they were written, and are equal as numbers', () => {
  const [whole, broken] = [parseTyped('[5]'), parseTyped('[5.0]')]
  expect(whole).not.toEqual(broken)
  expect(isEqual(whole, broken)).toBe(true)
  expect(isEqual(parseTyped('{"a": 1, "b": [true]}'), parseTyped('{"b": [1e0], "a": 1.0}'))).toBe(true)
  expect(isEqual(parseTyped('"5"'), parseTyped('5'))).toBe(false)
})

test('a list of objects is compared as long, in its order, each as an object', () => {
  const one = {
    category: 'simple_python',
    functions: [
      {
        name: 'moor',
        parameters: { properties: { ships: { type: 'array', items: { type: 'dict' } } }, required: ['ships'] },
      },
    ],
    possible_answer: [{ moor: { ships: [[{ name: ['Alba'], berth: [1, ''] }, { name: ['Brise'] }]] } }],
  }
  const judged = (ships: string) =>
    bfclVerdict(one as never, [{ name: 'moor', arguments: `{"ships": ${ships}}` }], { dotsToUnderscores: false })
  expect(judged('[{"name": "al-ba"}, {"name": "BRISE"}]')).toEqual({ valid: true })
  expect(judged('[{"name": "Brise"}, {"name": "Alba"}]').error_type).toBe('value_error:dict_value')
  expect(judged('[{"name": "Alba", "flag": 1}, {"name": "Brise"}]').error_type).toBe('value_error:dict_key')
  expect(judged('[{"name": "Alba"}]').error_type).toBe('value_error:list_dict_count')
  expect(judged('[{"berth": 1}, {"name": "Brise"}]').error_type).toBe('value_error:dict_key')
})

test('a line that cannot be read says what is wrong with it', () => {
  const fault = (line: string) => {
    const row = readRow(line)
    return row.ok ? '' : row.error
  }
  expect(fault('{"id": "a",')).toMatch(/no JSON/)
  expect(fault('[]')).toMatch(/object/)
  expect(fault('{"id": "a", "category": "parallel"}')).toMatch(/"functions"/)
  expect(
    fault('{"id": "a", "category": "parallel", "functions": [], "candidates": [{"calls": [{"name": "f"}]}]}'),
  ).toMatch(/candidate 1 .*"arguments"/)
})
