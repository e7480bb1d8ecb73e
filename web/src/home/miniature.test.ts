import { expect, test } from 'vitest'
import { miniatureOf } from './miniature.ts'

const aTool = (name: string) => ({ name, parameters: {}, run: { kind: 'mock' as const } })
const BOX = { width: 300, height: 100 }

test('a tool stands to the right of those it depends on, inside the box', () => {
  const flow = {
    tools: ['c', 'a', 'b'].map(aTool),
    edges: [
      { from: 'a', to: 'b', kind: 'data' as const },
      { from: 'b', to: 'c', kind: 'order' as const },
    ],
  }
  const drawn = miniatureOf(flow, BOX)
  const x = Object.fromEntries(drawn.tools.map((tool) => [tool.name, tool.at.x]))
  expect([drawn.agent.x, x.a, x.b, x.c]).toEqual([37.5, 112.5, 187.5, 262.5])
  expect(drawn.offers).toHaveLength(1)
  expect(drawn.edges.map((edge) => edge.kind)).toEqual(['data', 'order'])
})

test('a cycle and a flow without tools can be drawn too', () => {
  const edges = [
    { from: 'a', to: 'b', kind: 'data' as const },
    { from: 'b', to: 'a', kind: 'data' as const },
    { from: 'a', to: 'a', kind: 'data' as const },
  ]
  expect(miniatureOf({ tools: ['a', 'b'].map(aTool), edges }, BOX).edges).toHaveLength(2)
  expect(miniatureOf({}, BOX).agent).toEqual({ x: 75, y: 50 })
})
