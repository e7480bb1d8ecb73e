import { addTool, newTool } from '@volley/shared/flow/edit.ts'
import { connect } from '@volley/shared/flow/editEdges.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import elk from 'elkjs/lib/elk.bundled.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_FLOW } from '../state/flowStore.ts'
import { AGENT } from '../state/sessionStore.ts'
import type { Places } from './arrangement.ts'
import { NODE_HEIGHT, NODE_WIDTH } from './layout.ts'
import { tidyBoxes, tidyGraph, tidyPlaces } from './tidyGraph.ts'

const engine = new elk.default()

async function tidied(flow: Flow, keys: readonly string[] = []): Promise<Places> {
  const boxes = tidyBoxes(flow, () => null, keys)
  return tidyPlaces(await engine.layout(tidyGraph(flow, boxes)), boxes)
}

function flowOf(names: readonly string[], edges: readonly (readonly [string, string])[]): Flow {
  let flow: Flow = { ...EMPTY_FLOW, layout: { agent: { x: 40, y: -30 } } }
  for (const [at, name] of names.entries()) flow = addTool(flow, newTool('mock', name), { x: 300 + 7 * at, y: 100 })
  for (const [from, to] of edges) {
    const connected = connect(flow, from, to)
    if (connected.ok) flow = connected.value
  }
  return flow
}

function covered(places: Places): string[] {
  const all = Object.entries(places)
  return all.flatMap(([key, one], at) =>
    all
      .slice(at + 1)
      .filter(([, other]) => Math.abs(one.x - other.x) < NODE_WIDTH && Math.abs(one.y - other.y) < NODE_HEIGHT)
      .map(([other]) => `${key} and ${other}`),
  )
}

test('a tool goes to the right of those that it waits for, and the agent stays where it is', async () => {
  const places = await tidied(
    flowOf(
      ['a', 'b', 'c', 'd'],
      [
        ['a', 'c'],
        ['b', 'c'],
      ],
    ),
  )
  const x = (name: string) => places[name]?.x ?? Number.NaN
  expect(x('c')).toBeGreaterThan(x('a') + NODE_WIDTH)
  expect(x('a')).toBeGreaterThan(x(AGENT) + NODE_WIDTH)
  expect(places[AGENT]).toEqual({ x: 40, y: -30 })
})

test('of a selection only what is selected is arranged, and its corner stays', async () => {
  const flow = flowOf(['a', 'b', 'c'], [['a', 'b']])
  const places = await tidied(flow, ['a', 'b'])
  expect(Object.keys(places).sort()).toEqual(['a', 'b'])
  expect(Math.min(...Object.values(places).map(({ x }) => x))).toBe(300)
  expect(Math.min(...Object.values(places).map(({ y }) => y))).toBe(100)
})

test('whatever the edges, no node covers another, and the same flow is arranged the same way', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const anEdge = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names))
  await fc.assert(
    fc.asyncProperty(fc.array(anEdge, { maxLength: 14 }), async (edges) => {
      const flow = flowOf(names, edges)
      const places = await tidied(flow)
      expect(covered(places)).toEqual([])
      expect(await tidied(flow)).toEqual(places)
    }),
    { numRuns: 8 },
  )
})
