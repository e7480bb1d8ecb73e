import type { EvalResult } from '@volley/shared/evals/api.ts'
import type { CaseScore } from '@volley/shared/evals/caseScore.ts'
import { expect, test } from 'vitest'
import { caseRows, chosenRows, hasDifference } from './caseRows.ts'
import { meansSoFar, withNewer } from './results.ts'

const ITEMS = ['oslo', 'bergen', 'narvik'].map((id) => ({ id, input: `When from ${id}?`, expected: {} }))
const idsOf = (rows: ReturnType<typeof caseRows>) => rows.map(({ item }) => item.id)

test('cases that got worse under another variant stand first', () => {
  const rows = caseRows(
    ITEMS,
    [result('oslo', 0, true), result('oslo', 1, true), result('narvik', 0, true), result('narvik', 1, false)],
    2,
  )
  expect(idsOf(chosenRows(rows, { shown: 'all', order: 'worse', text: '' }))).toEqual(['narvik', 'oslo', 'bergen'])
  expect(idsOf(chosenRows(rows, { shown: 'differs', order: 'given', text: '' }))).toEqual(['narvik'])
  expect(rows.map(hasDifference)).toEqual([false, false, true])
})

test('a cell tells how many repeats passed and what the first that did not lacks', () => {
  const [row] = caseRows(ITEMS, [result('oslo', 0, true), result('oslo', 0, false, 2), result('oslo', 0, false, 3)], 1)
  expect(row?.cells).toEqual([{ runs: 3, passed: 1, f1: null, why: 'the answer is another' }])
})

test('cases are found by id and by words of their input, the failed ones alone', () => {
  const rows = caseRows(ITEMS, [result('oslo', 0, false), result('bergen', 0, true)], 1)
  expect(idsOf(chosenRows(rows, { shown: 'failed', order: 'id', text: '' }))).toEqual(['oslo'])
  expect(idsOf(chosenRows(rows, { shown: 'all', order: 'id', text: 'FROM b' }))).toEqual(['bergen'])
})

test('a run that is made anew takes the place of the one that failed', () => {
  const first = { ...result('oslo', 0, false), seq: 1 }
  const again = { ...result('oslo', 0, true), seq: 2 }
  expect(withNewer([first], [again])).toEqual([again])
  expect(withNewer([again], [first])).toEqual([again])
  expect(meansSoFar(withNewer([first], [again])).passed).toBe(1)
})

function result(caseId: string, variant: number, passed: boolean, repeat = 1): EvalResult {
  const score: CaseScore = {
    status: 'succeeded',
    passed,
    calls: null,
    order: null,
    sharing: null,
    answer: [passed],
    bfcl: null,
    took: null,
  }
  return { seq: 1, variant, caseId, repeat, runId: null, score, error: null, output: null }
}
