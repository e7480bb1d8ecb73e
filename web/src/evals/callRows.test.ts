import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { callRows, expectedArguments } from './callRows.ts'

test('expected and made calls stand beside one another, what is missing and what is too much told', () => {
  const rows = callRows(
    {
      calls: [
        { tool: 'tide', arguments: { port: ['Oslo'] } },
        { tool: 'tide', arguments: { port: ['Bergen'] } },
        { tool: 'wind', need: 'optional' },
        { tool: 'sail', need: 'forbidden' },
      ],
    },
    runWith([
      ['tide', { port: 'Bergen' }],
      ['sail', {}],
    ]),
  )
  expect(
    rows.map((row) => [row.is, 'expected' in row ? row.expected.tool : null, 'made' in row ? row.made.call : null]),
  ).toEqual([
    ['missing', 'tide', null],
    ['right', 'tide', 1],
    ['unused', 'wind', null],
    ['extra', null, 2],
  ])
})

test('a call that did not wait for one it must follow is told', () => {
  const calls = [
    { id: 'tide', tool: 'tide' },
    { tool: 'sail', after: ['tide'] },
  ]
  const [tide, sail] = runWith([
    ['tide', {}],
    ['sail', {}],
  ]).calls
  const at = (startedAt: number) => ({
    ...runWith([]),
    turns: [{ calls: [1, 2] }],
    calls: [
      { ...tide, startedAt: 0, finishedAt: 50 },
      { ...sail, startedAt, finishedAt: 90 },
    ],
  })
  expect(callRows({ calls }, at(20) as unknown as RunState).map((row) => row.is)).toEqual(['right', 'early'])
  expect(callRows({ calls }, at(60) as unknown as RunState).map((row) => row.is)).toEqual(['right', 'right'])
})

test('accepted arguments are told in a line', () => {
  expect(expectedArguments({ tool: 'tide', arguments: { port: ['Oslo', 'Oslo, Norway'], days: [] } })).toBe(
    'port: Oslo or Oslo, Norway, days: any',
  )
  expect(expectedArguments({ tool: 'tide' })).toBe('any arguments')
})

function runWith(calls: [tool: string, given: Record<string, unknown>][]): RunState {
  return {
    turns: [{ calls: calls.map((_call, at) => at + 1) }],
    calls: calls.map(
      ([tool, given], at) => ({ call: at + 1, turn: 1, tool, arguments: given }) as unknown as CallState,
    ),
  } as unknown as RunState
}
