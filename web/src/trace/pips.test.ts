import type { CallStatus } from '@volley/shared/run/events.ts'
import type { CallState } from '@volley/shared/run/state.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawnPips } from './pips.ts'

const callsOf = (statuses: readonly CallStatus[]) =>
  statuses.map((status, index) => ({ call: index + 1, status }) as CallState)
const numbers = (calls: readonly CallState[]) => calls.map(({ call }) => call)

test('every call is drawn where there is room', () => {
  const calls = callsOf(['succeeded', 'failed', 'running'])
  expect(drawnPips(calls, 3)).toEqual({ drawn: calls, left: [] })
})

test('what ended well is left out first, the earliest first', () => {
  const calls = callsOf(['succeeded', 'failed', 'succeeded', 'running', 'succeeded'])
  expect(numbers(drawnPips(calls, 3).drawn)).toEqual([2, 4, 5])
})

test('each call is drawn or left out, once, in order, and never more are drawn than there is room for', () => {
  const status = fc.constantFrom<CallStatus>('succeeded', 'failed', 'running', 'waiting')
  fc.assert(
    fc.property(fc.array(status, { maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (statuses, most) => {
      const calls = callsOf(statuses)
      const { drawn, left } = drawnPips(calls, most)
      expect(drawn).toHaveLength(Math.min(most, calls.length))
      expect(numbers(drawn)).toEqual(numbers(drawn).sort((one, other) => one - other))
      expect(numbers([...drawn, ...left]).sort((one, other) => one - other)).toEqual(numbers(calls))
    }),
  )
})
