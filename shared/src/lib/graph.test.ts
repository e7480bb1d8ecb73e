import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgesOnCycles } from './graph.ts'

const nodes = ['a', 'b', 'c', 'd', 'e']
const edges = fc.array(fc.record({ from: fc.constantFrom(...nodes), to: fc.constantFrom(...nodes) }), { maxLength: 14 })

test('an edge is on a cycle exactly when its source can be reached from its target', () => {
  fc.assert(
    fc.property(edges, (list) => {
      const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
        from === to ||
        (!seen.has(from) && !!seen.add(from) && list.some((edge) => edge.from === from && reaches(edge.to, to, seen)))
      const found = edgesOnCycles(nodes, list)
      for (const edge of list) expect(found.has(edge)).toBe(reaches(edge.to, edge.from))
    }),
  )
})
