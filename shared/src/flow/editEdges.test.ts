import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addTool, type Edited, newTool } from './edit.ts'
import { connect, disconnect, type EdgeRef, insertOnEdge, updateEdge } from './editEdges.ts'
import { addParameter } from './editParameters.ts'
import type { Flow } from './flow.ts'
import { flowSchema } from './flow.ts'

const aFlow = (...names: string[]): Flow =>
  names.reduce(
    (flow, name, at) => addTool(flow, newTool('mock', name), { x: at * 300, y: 0 }),
    flowSchema.parse({ format: 'volley.flow/1', name: 'F', agent: { provider: 'simulated', model: 'm' } }),
  )
const done = (edited: Edited): Flow => {
  if (!edited.ok) throw new Error(edited.error)
  return edited.value
}
const chain = () => done(connect(done(connect(aFlow('a', 'b', 'c'), 'a', 'b')), 'b', 'c'))

test('an edge is an order unless data is chosen', () => {
  expect(done(connect(aFlow('a', 'b'), 'a', 'b')).edges).toEqual([{ from: 'a', to: 'b', kind: 'order' }])
  expect(done(connect(aFlow('a', 'b'), 'a', 'b', 'data')).edges).toEqual([{ from: 'a', to: 'b', kind: 'data' }])
})

test('an order that would run in a circle is refused, and the circle is named', () => {
  const refused = connect(chain(), 'c', 'a')
  expect(refused.ok).toBe(false)
  if (!refused.ok) expect(refused.error).toContain('"b" → "c" → "a" → "b"')
})

test('a data edge that closes a circle of orders is refused too', () => {
  expect(connect(chain(), 'c', 'a', 'data').ok).toBe(false)
})

test('a circle of data edges is allowed, and none of them can become an order', () => {
  const circle = done(connect(done(connect(aFlow('a', 'b'), 'a', 'b', 'data')), 'b', 'a', 'data'))
  expect(updateEdge(circle, { from: 'a', to: 'b', kind: 'data' }, { kind: 'order' }).ok).toBe(false)
})

test('a circle of orders that was there before can be repaired edge by edge', () => {
  const circle: Flow = {
    ...aFlow('a', 'b', 'c'),
    edges: [
      { from: 'a', to: 'b', kind: 'order' },
      { from: 'b', to: 'a', kind: 'order' },
    ],
  }
  const half = done(updateEdge(circle, { from: 'a', to: 'b', kind: 'order' }, { kind: 'data' }))
  const whole = done(updateEdge(half, { from: 'b', to: 'a', kind: 'order' }, { kind: 'data' }))
  expect(whole.edges.map((edge) => edge.kind)).toEqual(['data', 'data'])
  expect(connect(circle, 'b', 'c').ok).toBe(true)
  expect(connect(done(connect(circle, 'b', 'c')), 'c', 'b').ok).toBe(false)
})

test('a tool cannot run after itself, but may take its own earlier results', () => {
  expect(connect(aFlow('a'), 'a', 'a')).toEqual({
    ok: false,
    error: '"a" cannot run after itself. Only a data edge may lead back to its tool.',
  })
  expect(connect(aFlow('a'), 'a', 'a', 'data').ok).toBe(true)
})

test('two tools are connected once', () => {
  const flow = done(connect(aFlow('a', 'b'), 'a', 'b'))
  expect(connect(flow, 'a', 'b')).toEqual({ ok: false, error: '"b" already runs after "a".' })
})

test('a map fills parameters that the target has and no other edge fills', () => {
  let flow = done(addParameter(aFlow('a', 'b', 'c'), 'c', 'lat'))
  flow = done(connect(done(connect(flow, 'a', 'c', 'data')), 'b', 'c', 'data'))
  const ref = { from: 'a', to: 'c', kind: 'data' } as const
  const mapped = done(updateEdge(flow, ref, { map: { lat: 'position.lat' } }))
  expect(mapped.edges[0]?.map).toEqual({ lat: 'position.lat' })
  expect(updateEdge(flow, ref, { map: { lon: 'lon' } })).toEqual({ ok: false, error: '"c" has no parameter "lon".' })
  expect(updateEdge(mapped, { ...ref, from: 'b' }, { map: { lat: 'x' } })).toEqual({
    ok: false,
    error: '"lat" is already filled by "a".',
  })
})

test('a map is refused where the target has a parameter named like the source', () => {
  let flow = done(addParameter(aFlow('a', 'c'), 'c', 'lat'))
  flow = done(connect(done(addParameter(flow, 'c', 'a')), 'a', 'c', 'data'))
  expect(updateEdge(flow, { from: 'a', to: 'c', kind: 'data' }, { map: { lat: 'lat' } }).ok).toBe(false)
})

test('an edge that becomes an order loses its map', () => {
  let flow = done(connect(done(addParameter(aFlow('a', 'c'), 'c', 'lat')), 'a', 'c', 'data'))
  flow = done(updateEdge(flow, { from: 'a', to: 'c', kind: 'data' }, { map: { lat: 'lat' } }))
  flow = done(updateEdge(flow, { from: 'a', to: 'c', kind: 'data' }, { kind: 'order' }))
  expect(flow.edges).toEqual([{ from: 'a', to: 'c', kind: 'order' }])
})

test('a removed edge leaves the others', () => {
  expect(disconnect(chain(), { from: 'a', to: 'b', kind: 'order' }).edges).toEqual([
    { from: 'b', to: 'c', kind: 'order' },
  ])
})

describe('a tool put on an edge', () => {
  const inserted = (flow: Flow, ref: EdgeRef, name: string) => {
    const result = insertOnEdge(flow, ref, name)
    if (!result.ok) throw new Error(result.error)
    return result.value
  }

  test('stands between its ends; the second half keeps kind and failure policy', () => {
    const ref = { from: 'a', to: 'b', kind: 'order' } as const
    const flow = done(updateEdge(done(connect(aFlow('a', 'b', 'x'), 'a', 'b')), ref, { onFailure: 'continue' }))
    expect(inserted(flow, ref, 'x').flow.edges).toEqual([
      { from: 'a', to: 'x', kind: 'order' },
      { from: 'x', to: 'b', kind: 'order', onFailure: 'continue' },
    ])
    const data = done(connect(aFlow('a', 'b', 'x'), 'a', 'b', 'data'))
    expect(inserted(data, { ...ref, kind: 'data' }, 'x').flow.edges).toEqual([
      { from: 'a', to: 'x', kind: 'order' },
      { from: 'x', to: 'b', kind: 'data' },
    ])
  })

  test('leaves a mapped edge in its place, since its values come of the first tool alone', () => {
    const ref = { from: 'a', to: 'b', kind: 'data' } as const
    let flow = done(connect(done(addParameter(aFlow('a', 'b', 'x'), 'b', 'lat')), 'a', 'b', 'data'))
    flow = done(updateEdge(flow, ref, { map: { lat: 'lat' } }))
    const { flow: after, stillMapped } = inserted(flow, ref, 'x')
    expect(stillMapped).toEqual(['lat'])
    expect(after.edges).toEqual([
      { ...ref, map: { lat: 'lat' } },
      { from: 'a', to: 'x', kind: 'order' },
      { from: 'x', to: 'b', kind: 'order' },
    ])
  })

  test('is joined by data alone on a circle', () => {
    const circle = done(connect(done(connect(aFlow('a', 'b', 'x'), 'a', 'b', 'data')), 'b', 'a', 'data'))
    const kinds = inserted(circle, { from: 'a', to: 'b', kind: 'data' }, 'x').flow.edges.map((edge) => edge.kind)
    expect(kinds).toEqual(['data', 'data', 'data'])
  })

  test('must be there, and have no edge yet', () => {
    const ref = { from: 'a', to: 'b', kind: 'order' } as const
    expect(insertOnEdge(chain(), ref, 'c')).toMatchObject({
      ok: false,
      error: expect.stringContaining('"c" is connected'),
    })
    expect(insertOnEdge(chain(), ref, 'nobody').ok).toBe(false)
    expect(insertOnEdge(aFlow('a', 'b', 'c'), ref, 'c').ok).toBe(false)
  })

  test('keeps every order that there was', () => {
    const names = ['a', 'b', 'c', 'd']
    const aStep = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names), fc.constantFrom('order', 'data'))
    fc.assert(
      fc.property(fc.array(aStep, { minLength: 1, maxLength: 12 }), fc.nat(), (steps, at) => {
        const flow = steps.reduce(
          (before, [from, to, kind]) => {
            const edited = connect(before, from, to, kind as 'order' | 'data')
            return edited.ok ? edited.value : before
          },
          aFlow(...names, 'x'),
        )
        const edge = flow.edges[at % Math.max(1, flow.edges.length)]
        if (!edge) return
        const { flow: after } = inserted(flow, edge, 'x')
        for (const { from, to } of flow.edges) expect(isBefore(after, from, to)).toBe(true)
        expect(isBefore(after, edge.from, 'x') && isBefore(after, 'x', edge.to)).toBe(true)
      }),
    )
  })

  function isBefore({ edges }: Flow, from: string, to: string): boolean {
    const seen = new Set<string>()
    const visit = (name: string): boolean =>
      edges.some((edge) => {
        if (edge.from !== name) return false
        if (edge.to === to) return true
        if (seen.has(edge.to)) return false
        seen.add(edge.to)
        return visit(edge.to)
      })
    return visit(from)
  }
})
