import { type Edge, flowSchema } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { callKey, chosenCalls, everyToolOnce, expectedOf, NO_CHOICE, referenceKey } from './choice.ts'

const flowWith = (edges: Edge[]) =>
  flowSchema.parse({
    format: 'volley.flow/1',
    name: 'F',
    agent: { provider: 'simulated', model: 'm' },
    tools: [
      { name: 'sun', parameters: {}, run: { kind: 'mock', latencyMs: 40 } },
      { name: 'geo', parameters: {}, run: { kind: 'code', source: '' } },
    ],
    edges,
  })
const data: Edge = { from: 'geo', to: 'sun', kind: 'data' }
const lines = (flow: ReturnType<typeof flowWith>, choice: Parameters<typeof chosenCalls>[1]) =>
  chosenCalls(flow, choice).map(({ tool, nth, refersTo }) => `${tool} ${nth} ← ${refersTo?.join()}`)

test('sources stand first, and each call refers to the one of its own place', () => {
  expect(lines(flowWith([data]), { ...NO_CHOICE, counts: { sun: 3, geo: 2 } })).toEqual([
    'geo 1 ← ',
    'geo 2 ← ',
    'sun 1 ← 1',
    'sun 2 ← 2',
    'sun 3 ← 1',
  ])
})

test('a reference can be chosen, or left out, and is forgotten by a flow without the edge', () => {
  const refers = { [referenceKey('sun', 1, 'geo')]: 0, [referenceKey('sun', 2, 'geo')]: 1 }
  const choice = { ...NO_CHOICE, counts: { sun: 2, geo: 2 }, refers }
  expect(lines(flowWith([data]), choice).slice(2)).toEqual(['sun 1 ← ', 'sun 2 ← 1'])
  expect(lines(flowWith([]), choice).every((line) => line.endsWith('← '))).toBe(true)
})

test('what was picked of a tool that is gone is left out, also its failures', () => {
  const choice = { ...everyToolOnce(flowWith([])), fails: [callKey('sun', 1), callKey('gone', 1)] }
  const calls = chosenCalls(flowWith([]), { ...choice, counts: { ...choice.counts, gone: 2 } })
  expect(calls.map((call) => [call.tool, call.fails]).sort()).toEqual([
    ['geo', false],
    ['sun', true],
  ])
})

test('a duration is the mock’s, else what was seen, else a guess', () => {
  const flow = flowWith([])
  expect(expectedOf(flow, 'sun', [500])).toEqual({ ms: 40, how: 'its mock' })
  expect(expectedOf(flow, 'geo', [100, 300])).toEqual({ ms: 200, how: 'the last run' })
  expect(expectedOf(flow, 'geo', [])).toEqual({ ms: 1000, how: 'a guess' })
})
