import { expect, test } from 'vitest'
import { sharedCases } from './sharedCases.ts'
import type { TestCase } from './testCase.ts'

test('evals are compared on the cases that are the same in both; a changed case is not', () => {
  const before = [aCase('oslo'), aCase('bergen'), aCase('kiel')]
  const after = [aCase('bergen'), aCase('oslo', 'When from Oslo, please?'), aCase('narvik'), aCase('porto')]
  expect(sharedCases(before, after)).toEqual({ ids: new Set(['bergen']), changed: 1, onlyBefore: 1, onlyAfter: 2 })
})

const aCase = (id: string, input = `When from ${id}?`): TestCase => ({ id, input, expected: {} })
