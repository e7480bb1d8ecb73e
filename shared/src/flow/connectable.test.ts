import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { edgesOnCycles } from '../lib/graph.ts'
import { connectableTools, connectionKind, endsOf } from './connectable.ts'
import { type Edge, FLOW_FORMAT, type Flow } from './flow.ts'

const NAMES = ['a', 'b', 'c', 'd']
const flowWith = (edges: Edge[]): Flow => ({
  format: FLOW_FORMAT,
  name: 'f',
  description: '',
  agent: { provider: 'simulated', model: 'm' },
  tools: NAMES.map((name) => ({ name, parameters: {}, run: { kind: 'mock' } })),
  edges,
  layout: {},
  notes: [],
})
const edge = (from: string, to: string, kind: Edge['kind'] = 'order'): Edge => ({ from, to, kind })

describe('two tools are connected', () => {
  test('by an order, or by data where only data may close the circle', () => {
    expect(connectionKind(flowWith([]), 'a', 'b')).toEqual({ ok: true, value: 'order' })
    expect(connectionKind(flowWith([edge('a', 'b', 'data')]), 'b', 'a')).toEqual({ ok: true, value: 'data' })
    expect(connectionKind(flowWith([]), 'a', 'a')).toEqual({ ok: true, value: 'data' })
  })

  test('or not at all, with the reason', () => {
    expect(connectionKind(flowWith([edge('a', 'b')]), 'a', 'b')).toMatchObject({
      ok: false,
      error: '"b" already runs after "a".',
    })
    const circle = connectionKind(flowWith([edge('a', 'b'), edge('b', 'c', 'data')]), 'c', 'a')
    expect(circle.ok ? '' : circle.error).toContain('"b" → "c" → "a" → "b"')
  })
})

test('the tools that can be reached are those that can be connected, from either end', () => {
  const edges = fc.uniqueArray(
    fc.record({
      from: fc.constantFrom(...NAMES),
      to: fc.constantFrom(...NAMES),
      kind: fc.constantFrom('order' as const, 'data' as const),
    }),
    { selector: (one) => `${one.from} ${one.to}` },
  )
  fc.assert(
    fc.property(edges, fc.constantFrom('out' as const, 'in' as const), (drawn, direction) => {
      const onCycles = edgesOnCycles(NAMES, drawn)
      const flow = flowWith(drawn.filter((one) => one.kind === 'data' || !onCycles.has(one)))
      const asked = NAMES.slice(1).filter((name) => {
        const { from, to } = endsOf('a', direction, name)
        return connectionKind(flow, from, to).ok
      })
      expect([...connectableTools(flow, 'a', direction)]).toEqual(asked)
    }),
  )
})
