import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGate, type GateCall, rankOf } from './gate.ts'

const call = (number: number, more: Partial<GateCall> = {}): GateCall => ({
  call: number,
  tool: 'a',
  toolConcurrency: 100,
  exclusive: null,
  rank: 0,
  ...more,
})

test('the longest way goes first, then the lower number', () => {
  const gate = createGate(2)
  for (const ready of [call(1, { rank: 5 }), call(2, { rank: 9 }), call(3, { rank: 9 })]) gate.add(ready)
  expect(gate.admit()).toEqual([2, 3])
  gate.free(2)
  expect(gate.admit()).toEqual([1])
})

test('calls of one key go in number order, whatever their rank', () => {
  const gate = createGate(10)
  gate.add(call(1, { exclusive: 'dock', rank: 1 }))
  gate.add(call(2, { exclusive: 'dock', rank: 9 }))
  expect(gate.admit()).toEqual([1])
  gate.free(1)
  expect(gate.admit()).toEqual([2])
})

test('a call that was taken back leaves no place blocked', () => {
  const gate = createGate(1)
  gate.add(call(1))
  gate.add(call(2))
  gate.remove(1)
  expect(gate.admit()).toEqual([2])
})

test('a parked call leaves its place in the run to others, keeps that of its tool, and comes back before them', () => {
  const gate = createGate(1)
  gate.add(call(1, { toolConcurrency: 1 }))
  gate.add(call(2, { toolConcurrency: 1 }))
  gate.add(call(3, { tool: 'b' }))
  gate.add(call(4, { tool: 'b' }))
  expect(gate.admit()).toEqual([1])
  gate.park(1)
  expect(gate.admit()).toEqual([3])
  gate.unpark(1)
  expect(gate.admit()).toEqual([])
  gate.free(3)
  expect(gate.admit()).toEqual([1])
  gate.free(1)
  expect(gate.admit()).toEqual([2])
})

test('all calls run in the end, never beyond any limit', () => {
  const calls = fc.uniqueArray(
    fc.record({
      call: fc.integer({ min: 1, max: 40 }),
      tool: fc.constantFrom('a', 'b'),
      exclusive: fc.constantFrom(null, null, 'k', 'l'),
      rank: fc.nat(3),
    }),
    { selector: (one) => one.call },
  )
  fc.assert(
    fc.property(calls, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), (list, places, ofTool) => {
      const gate = createGate(places)
      for (const one of list) gate.add({ ...one, toolConcurrency: ofTool })
      const running: number[] = []
      const ran: number[] = []
      while (ran.length < list.length) {
        running.push(...gate.admit())
        expect(running.length).toBeGreaterThan(0)
        expect(running.length).toBeLessThanOrEqual(places)
        for (const tool of ['a', 'b'])
          expect(
            running.filter((number) => list.find((one) => one.call === number)?.tool === tool).length,
          ).toBeLessThanOrEqual(ofTool)
        const keys = running.map((number) => list.find((one) => one.call === number)?.exclusive).filter(Boolean)
        expect(new Set(keys).size).toBe(keys.length)
        const ended = running.shift() as number
        ran.push(ended)
        gate.free(ended)
      }
    }),
  )
})

test('the way to the end of the turn is the longest chain of expected durations', () => {
  const dependents = new Map([
    [1, [2, 3]],
    [2, [4]],
    [3, [4]],
  ])
  const ms = new Map([
    [1, 10],
    [2, 50],
    [3, 5],
    [4, 7],
  ])
  expect(
    rankOf(
      1,
      (number) => dependents.get(number) ?? [],
      (number) => ms.get(number) ?? 0,
      new Map(),
    ),
  ).toBe(67)
})
