import { EMPTY_RUN } from '@volley/shared/run/state.ts'
import type { Change } from '@volley/shared/trace/whatIf.ts'
import { expect, test } from 'vitest'
import { EMPTY_FLOW } from '../../state/flowStore.ts'
import { differenceWords, withChange } from './changes.ts'

const tool = (name: string) => ({
  name,
  description: '',
  parameters: { type: 'object' },
  run: { kind: 'mock' as const },
})
const WAS = {
  run: { ...EMPTY_RUN, parallelism: 'graph' as const },
  flow: {
    ...EMPTY_FLOW,
    tools: [tool('geocode'), tool('forecast')],
    edges: [{ from: 'geocode', to: 'forecast', kind: 'data' as const }],
  },
  meanMs: () => 120,
}
const after = (...changes: Change[]) =>
  changes.reduce<Change[]>((before, change) => withChange(before, change, WAS), [])

test('a later change about the same takes the place of the earlier one', () => {
  const slow: Change = { change: 'duration', tool: 'geocode', meanMs: 500 }
  const capped: Change = { change: 'run_cap', most: 2 }
  expect(after(slow, capped, { ...slow, meanMs: 700 })).toEqual([{ ...slow, meanMs: 700 }, capped])
})

test('what leaves things as they were is no change', () => {
  const gone: Change = { change: 'remove_edge', from: 'geocode', to: 'forecast', kind: 'data' }
  expect(after(gone, { ...gone, change: 'add_edge' })).toEqual([])
  expect(
    after({ change: 'set_parallelism', parallelism: 'serial' }, { change: 'set_parallelism', parallelism: 'graph' }),
  ).toEqual([])
  expect(
    after({ change: 'tool_cap', tool: 'geocode', most: 2 }, { change: 'tool_cap', tool: 'geocode', most: null }),
  ).toEqual([])
  expect(after({ change: 'run_cap', most: 32 }, { change: 'duration', tool: 'geocode', meanMs: 120 })).toEqual([])
})

test('a difference is told in time and in per cent', () => {
  expect(differenceWords(-570, 3560)).toBe('0.57 s sooner (−16 %)')
  expect(differenceWords(42, 1000)).toBe('42 ms later (+4.2 %)')
  expect(differenceWords(0.2, 1000)).toBe('no difference')
})
