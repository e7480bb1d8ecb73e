import { expect, test } from 'vitest'
import { createNestedRuns, MOST_AT_ONCE, MOST_NESTED_RUNS } from './nestedRuns.ts'

const never = new AbortController().signal

test('of one depth only so many go on at once, deeper ones do not wait for them, and places are given in order', async () => {
  const nested = createNestedRuns()
  const places = await Promise.all(Array.from({ length: MOST_AT_ONCE }, () => nested.place(1, never)))
  const order: string[] = []
  const stopped = new AbortController()
  const gone = nested.place(1, stopped.signal)
  const waiting = ['first', 'second'].map(async (name) => {
    const leave = await nested.place(1, never)
    order.push(name)
    return leave
  })
  expect(await nested.place(2, never)).not.toBeNull()
  stopped.abort()
  expect(await gone).toBeNull()
  expect(order).toEqual([])
  places[0]?.()
  const leaveFirst = await waiting[0]
  expect(order).toEqual(['first'])
  leaveFirst?.()
  await waiting[1]
  expect(order).toEqual(['first', 'second'])
  expect(await nested.place(1, AbortSignal.abort())).toBeNull()
})

test('each outermost run has its own count', () => {
  const nested = createNestedRuns()
  for (let nth = 0; nth < MOST_NESTED_RUNS; nth++) expect(nested.count('one')).toBe(true)
  expect([nested.count('one'), nested.count('two'), nested.count('one')]).toEqual([false, true, false])
})
