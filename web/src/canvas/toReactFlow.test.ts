import { addTool, move, newTool, updateTool } from '@volley/shared/flow/edit.ts'
import { connect } from '@volley/shared/flow/editEdges.ts'
import { type Flow, flowSchema } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { moveNodes } from '../actions/moveNodes.ts'
import { AGENT } from '../state/sessionStore.ts'
import { fromReactFlow } from './fromReactFlow.ts'
import { createToReactFlow } from './toReactFlow.ts'

function weather(): Flow {
  let flow = flowSchema.parse({ format: 'volley.flow/1', name: 'F', agent: { provider: 'simulated', model: 'm' } })
  for (const [at, name] of ['geo', 'forecast', 'news'].entries())
    flow = addTool(flow, newTool('mock', name), { x: 300, y: at * 200 })
  const connected = connect(flow, 'geo', 'forecast')
  if (!connected.ok) throw new Error(connected.error)
  return connected.value
}
const none = { selection: [], sizes: new Map() }

test('agent, tools and edges are drawn; the agent leads to the tools that wait for nothing', () => {
  const { nodes, edges } = createToReactFlow()({ flow: weather(), ...none })
  expect(nodes.map((node) => node.id)).toEqual([AGENT, 'geo', 'forecast', 'news'])
  expect(edges.map((edge) => [edge.type, edge.source, edge.target])).toEqual([
    ['agentLine', AGENT, 'geo'],
    ['agentLine', AGENT, 'news'],
    ['dependency', 'geo', 'forecast'],
  ])
})

test('a change redraws only what it changed', () => {
  const draw = createToReactFlow()
  const flow = weather()
  const before = draw({ flow, ...none })
  const after = draw({ flow: updateTool(flow, 'news', (tool) => ({ ...tool, description: 'News' })), ...none })
  const isKept = after.nodes.map((node, at) => node === before.nodes[at])
  expect(isKept).toEqual([true, true, true, false])
  expect(after.edges.every((edge, at) => edge === before.edges[at])).toBe(true)
})

test('a move redraws the moved node, a selection the selected one', () => {
  const draw = createToReactFlow()
  const flow = weather()
  const first = draw({ flow, ...none })
  const moved = draw({ flow: move(flow, { geo: { x: 1, y: 1 } }), ...none })
  expect(moved.nodes.filter((node, at) => node !== first.nodes[at]).map((node) => node.id)).toEqual(['geo'])
  const chosen = draw({ flow: move(flow, { geo: { x: 1, y: 1 } }), selection: ['news'], sizes: new Map() })
  expect(chosen.nodes.filter((node, at) => node !== moved.nodes[at]).map((node) => node.id)).toEqual(['news'])
})

test('tools without a place stand in columns by what they depend on', () => {
  const { nodes } = createToReactFlow()({ flow: { ...weather(), layout: {} }, ...none })
  const x = (id: string) => nodes.find((node) => node.id === id)?.position.x ?? 0
  expect(x('geo')).toBe(x('news'))
  expect(x('forecast')).toBeGreaterThan(x('geo'))
  expect(x('geo')).toBeGreaterThan(x(AGENT))
})

test("a tool named like an object's method is placed like any other", () => {
  const flow = { ...addTool(weather(), newTool('mock', 'toString'), { x: 0, y: 0 }), layout: {} }
  const { nodes } = createToReactFlow()({ flow, ...none })
  for (const node of nodes) expect(Number.isFinite(node.position.x)).toBe(true)
})

test("React Flow's changes are read as moves, sizes and a selection", () => {
  const change = fromReactFlow(
    [
      { type: 'position', id: AGENT, position: { x: 4.4, y: 2 }, dragging: false },
      { type: 'dimensions', id: 'geo', dimensions: { width: 232, height: 90 } },
      { type: 'select', id: 'geo', selected: true },
      { type: 'remove', id: 'news' },
    ],
    ['news'],
  )
  expect(change.selection).toEqual(['news', 'geo'])
  expect(change.sizes.get('geo')).toEqual({ width: 232, height: 90 })
  expect(change.isDragEnd).toBe(true)
  expect(moveNodes(weather(), change.moved).layout.agent).toEqual({ x: 4, y: 2 })
})

test('an edge that leads to no tool is drawn with a gap, where it can be repaired', () => {
  const flow: Flow = { ...weather(), edges: [{ from: 'geo', to: 'nobody', kind: 'order' }] }
  const { nodes, edges } = createToReactFlow()({ flow, ...none })
  const gap = nodes.find((node) => node.type === 'missing')
  expect(gap?.id).toBe('nobody')
  expect(gap?.position.x).toBeGreaterThan(300)
  expect(edges.some((edge) => edge.source === 'geo' && edge.target === 'nobody')).toBe(true)
})
