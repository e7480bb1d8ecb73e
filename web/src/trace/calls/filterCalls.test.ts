import { expect, test } from 'vitest'
import { MOMENTS } from '../../gallery/moments.ts'
import { filterCalls, NO_FILTER } from './filterCalls.ts'

const { calls } = MOMENTS.stopped
const numbers = (filter: Partial<typeof NO_FILTER>) =>
  filterCalls(calls, { ...NO_FILTER, ...filter }).map(({ call }) => call)

test('what failed comes first, then what was skipped for its sake, then the rest by number', () => {
  const statuses = filterCalls(calls, NO_FILTER).map(({ status }) => status)
  const order = statuses.map((status) => ['failed', 'skipped'].indexOf(status) + 1 || 3)
  expect(statuses).toContain('failed')
  expect(order).toEqual([...order].sort())
})

test('calls are found by number, by all of several words, and by what their tool gave', () => {
  const failed = calls.find(({ status }) => status === 'failed')
  const word = failed?.error?.message.split(' ')[0] ?? ''
  expect(numbers({ words: '#3' })).toEqual([3])
  expect(numbers({ words: `${word} ${failed?.tool.toUpperCase()}` })).toContain(failed?.call)
  expect(numbers({ words: `${word} nothing-like-this` })).toEqual([])
})

test('status, tool and turn narrow the list together', () => {
  const [first] = calls
  expect(numbers({ tool: first?.tool ?? '', turn: '1' })).toContain(first?.call)
  expect(numbers({ tool: first?.tool ?? '', turn: '99' })).toEqual([])
  expect(numbers({ status: 'failed' }).every((call) => calls[call - 1]?.status === 'failed')).toBe(true)
})
