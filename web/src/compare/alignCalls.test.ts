import type { CallState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { alignCalls, ownCalls } from './alignCalls.ts'

const run = (...calls: [tool: string, args: unknown][]) => ({
  calls: calls.map(
    ([tool, args], at) => ({ call: at + 1, tool, arguments: args, emittedArguments: args }) as CallState,
  ),
})

test('calls with the same tool and arguments stand beside one another, whatever their order', () => {
  const shared = alignCalls([
    run(['tide', { port: 'Cuxhaven', days: 1 }], ['wind', {}]),
    run(['wind', {}], ['tide', { days: 1, port: 'Cuxhaven' }], ['fog', {}]),
  ])
  expect(shared.map(({ tool, calls }) => [tool, calls])).toEqual([
    ['tide', [1, 2]],
    ['wind', [2, 1]],
    ['fog', [null, 3]],
  ])
  expect(ownCalls(shared, 0)).toEqual(new Set())
  expect(ownCalls(shared, 1)).toEqual(new Set([3]))
})

test('a call that was made twice in one run and once in the other is its own the second time', () => {
  const shared = alignCalls([run(['tide', 1], ['tide', 1]), run(['tide', 1])])
  expect(shared.map(({ calls }) => calls)).toEqual([
    [1, 1],
    [2, null],
  ])
  expect(ownCalls(shared, 0)).toEqual(new Set([2]))
})

test('a call that never began counts with what the model sent', () => {
  const waiting = { call: 1, tool: 'tide', arguments: null, emittedArguments: { port: 'Kiel' } } as unknown as CallState
  expect(alignCalls([{ calls: [waiting] }, run(['tide', { port: 'Kiel' }])])[0]?.calls).toEqual([1, 1])
})
