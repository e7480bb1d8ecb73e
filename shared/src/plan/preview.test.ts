import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Edge, FLOW_FORMAT, type Flow, type Tool } from '../flow/flow.ts'
import { edgesOnCycles } from '../lib/graph.ts'
import { planGraph } from './planGraph.ts'
import { type PickedCall, previewVolley, sourcesFor } from './preview.ts'
import { waitsOf } from './waits.ts'

const aTool = (name: string, more: Partial<Tool> = {}): Tool => ({
  name,
  parameters: { type: 'object', properties: { value: {} } },
  run: { kind: 'mock' },
  ...more,
})
const aFlow = (tools: (string | Tool)[], edges: Edge[] = [], agent: Partial<Flow['agent']> = {}): Flow => ({
  format: FLOW_FORMAT,
  name: 'f',
  description: '',
  agent: { provider: 'simulated', model: 'simulated-1', ...agent },
  tools: tools.map((tool) => (typeof tool === 'string' ? aTool(tool) : tool)),
  edges,
  layout: {},
  notes: [],
})
const order = (from: string, to: string, more: Partial<Edge> = {}): Edge => ({ from, to, kind: 'order', ...more })
const picks = (...tools: string[]): PickedCall[] => tools.map((tool) => ({ tool }))
const tenth = () => 100

describe('a preview of hand-picked calls', () => {
  test('starts at once what waits for nothing, and counts what that saves', () => {
    const preview = previewVolley(aFlow(['a', 'b']), picks('a', 'a', 'b'), tenth)
    expect(preview).toMatchObject({ steps: [[1, 2, 3]], elapsedMs: 100, serialMs: 300, mostAtOnce: 3 })
  })

  test('puts each step of waiting after the one before, also across a tool that is not called', () => {
    const flow = aFlow(['a', 'b', 'c'], [order('a', 'b'), order('b', 'c')])
    expect(previewVolley(flow, picks('c', 'b', 'a'), tenth)).toMatchObject({ steps: [[3], [2], [1]], elapsedMs: 300 })
    expect(previewVolley(flow, picks('a', 'c'), tenth)).toMatchObject({ steps: [[1], [2]], elapsedMs: 200 })
  })

  test('lets a call wait only for the calls that it refers to', () => {
    const flow = aFlow(['a', 'b'], [{ from: 'a', to: 'b', kind: 'data' }])
    const calls = [{ tool: 'a' }, { tool: 'a' }, { tool: 'b', refersTo: [2] }, { tool: 'b' }]
    expect(previewVolley(flow, calls, tenth).calls.map((call) => call.waitsFor)).toEqual([[], [], [2], [1, 2]])
    expect(sourcesFor(flow, 'b')).toEqual(['a'])
  })

  test('refuses a reference that no edge carries, and one to a later call, as a run would', () => {
    const flow = aFlow(['a', 'b', 'c'], [{ from: 'a', to: 'b', kind: 'data' }])
    const calls = [{ tool: 'b', refersTo: [2] }, { tool: 'a' }, { tool: 'c' }, { tool: 'b', refersTo: [3] }]
    const preview = previewVolley(flow, calls, tenth)
    expect(preview.calls.map((call) => call.outcome)).toEqual(['refused', 'succeeds', 'succeeds', 'refused'])
    expect(preview.calls[0]?.because).toContain('does not come before')
    expect(preview.calls[3]?.because).toContain('no data edge leads from c to b')
  })

  test('a map takes the only source call by itself, and asks which where there are several', () => {
    const target = aTool('b', { parameters: { type: 'object', properties: { x: {} }, required: ['x'] } })
    const flow = aFlow(['a', target], [{ from: 'a', to: 'b', kind: 'data', map: { x: 'y' } }])
    expect(previewVolley(flow, picks('a', 'b'), tenth).calls[1]?.waitsFor).toEqual([1])
    expect(previewVolley(flow, picks('a', 'a', 'b'), tenth).calls[2]).toMatchObject({ outcome: 'refused' })
    const named = [...picks('a', 'a'), { tool: 'b', refersTo: [2] }]
    expect(previewVolley(flow, named, tenth).calls[2]).toMatchObject({ outcome: 'succeeds', waitsFor: [2] })
  })

  test('shows what a failure skips, and what goes on without it', () => {
    const flow = aFlow(
      ['a', 'b', 'c', 'd'],
      [order('a', 'b'), order('b', 'c'), order('a', 'd', { onFailure: 'continue' })],
    )
    const preview = previewVolley(flow, [{ tool: 'a', fails: true }, ...picks('b', 'c', 'd')], tenth)
    expect(preview.calls.map((call) => call.outcome)).toEqual(['fails', 'skipped', 'skipped', 'succeeds'])
    expect(preview.calls[2]?.because).toBe('a #1 fails')
  })

  test('obeys the limits: of the run, of a tool, of an exclusive key; in serial one after another', () => {
    const two = aFlow(['a'], [], { limits: { concurrency: 2 } })
    expect(previewVolley(two, picks('a', 'a', 'a'), tenth)).toMatchObject({ elapsedMs: 200, mostAtOnce: 2 })
    const one = aFlow([aTool('a', { policy: { concurrency: 1 } }), 'b'])
    expect(previewVolley(one, picks('a', 'a', 'b'), tenth)).toMatchObject({ elapsedMs: 200, steps: [[1, 2, 3]] })
    const locked = aFlow([aTool('a', { policy: { exclusive: 'dock' } })])
    expect(previewVolley(locked, picks('a', 'a'), tenth).elapsedMs).toBe(200)
    const open = aFlow([aTool('a', { policy: { exclusive: '{{value}}' } })])
    expect(previewVolley(open, picks('a', 'a'), tenth).elapsedMs).toBe(100)
    const serial = aFlow(['a'], [], { parallelism: 'serial' })
    expect(previewVolley(serial, picks('a', 'a', 'a'), tenth).elapsedMs).toBe(300)
  })

  test('gives a place first to what has the longest way before it', () => {
    const flow = aFlow(['quick', 'first', 'then'], [order('first', 'then')], { limits: { concurrency: 1 } })
    const preview = previewVolley(flow, picks('quick', 'first', 'then'), tenth)
    expect(preview.calls.map((call) => call.startMs)).toEqual([100, 0, 200])
  })

  test('says what may start while the model still writes', () => {
    const reads = { annotations: { readOnlyHint: true } }
    const flow = aFlow([aTool('a', reads), aTool('b', reads), 'c'], [order('a', 'b')])
    expect(previewVolley(flow, picks('a', 'b', 'c'), tenth).calls.map((call) => call.startsEarly)).toEqual([
      true,
      false,
      false,
    ])
  })

  test('refuses a tool that is not there, and goes on', () => {
    expect(previewVolley(aFlow(['a']), picks('gone', 'a'), tenth)).toMatchObject({
      calls: [{ outcome: 'refused' }, { outcome: 'succeeds' }],
      steps: [[2]],
    })
  })
})

test('every call waits for exactly what the planner says, starts after it, and the limits hold at every moment', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const edges = fc.uniqueArray(
    fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      kind: fc.constantFrom('order' as const, 'data' as const),
    }),
    { selector: (edge) => `${edge.from} ${edge.to}`, maxLength: 8 },
  )
  fc.assert(
    fc.property(
      edges,
      fc.array(fc.constantFrom(...names), { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      (drawn, tools, places) => {
        // Order edges stay off circles, as in every valid document.
        const onCycles = edgesOnCycles(names, drawn)
        const legal = drawn.filter((edge) => edge.kind === 'data' || !onCycles.has(edge))
        const flow = aFlow(names, legal, { limits: { concurrency: places } })
        const preview = previewVolley(flow, picks(...tools), (tool) => 10 + names.indexOf(tool) * 7)
        const turn = {
          callsOf: (tool: string) => tools.flatMap((one, at) => (one === tool ? [at + 1] : [])),
          toolOf: (number: number) => tools[number - 1],
        }
        const graph = planGraph(flow, { references: true })
        for (const call of preview.calls) {
          const waits = waitsOf(graph, { call: call.call, tool: call.tool, references: [] }, turn).map(
            (wait) => wait.call,
          )
          expect(call.waitsFor).toEqual(waits)
          for (const before of waits)
            expect(call.startMs).toBeGreaterThanOrEqual(preview.calls[before - 1]?.endMs ?? Number.POSITIVE_INFINITY)
          const together = preview.calls.filter(
            (other) => (other.startMs ?? 0) <= (call.startMs ?? 0) && (other.endMs ?? 0) > (call.startMs ?? 0),
          )
          expect(together.length).toBeLessThanOrEqual(places)
        }
        expect(preview.steps.flat().length).toBe(tools.length)
      },
    ),
  )
})
