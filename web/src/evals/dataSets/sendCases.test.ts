import { expect, test } from 'vitest'
import { refusalOf } from './sendCases.ts'

const aCase = (id: string) => ({ id, input: '', expected: {} })
const fault = { status: 422, code: 'unprocessable' as const, message: 'Not added.', problems: [] }

test('a refused case is told by its id, not by its place in what was sent', () => {
  const problems = [
    { pointer: '/cases/1', message: 'Its pattern cannot be run.' },
    { pointer: '/cases/1/id', message: 'it is taken.' },
    { pointer: '/cases/0', message: 'it is taken.' },
  ]
  expect(refusalOf({ ...fault, problems }, [aCase('one'), aCase('two')])).toEqual({
    why: 'The case “two” is refused, and 1 more. Its pattern cannot be run.',
    wrong: ['two', 'one'],
  })
  expect(refusalOf(fault, [aCase('one')])).toEqual({ why: 'Not added.', wrong: [] })
})
