import { addTool, newTool } from '@volley/shared/flow/edit.ts'
import { groupTools } from '@volley/shared/flow/editGroups.ts'
import { type Flow, flowSchema } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { groupKey } from '../state/sessionStore.ts'
import { groupFrames } from './groupFrames.ts'
import { placesOf } from './layout.ts'
import { moveNodes } from './moveNodes.ts'

function grouped(): Flow {
  let flow = flowSchema.parse({ format: 'volley.flow/1', name: 'F', agent: { provider: 'simulated', model: 'm' } })
  for (const [at, name] of ['geo', 'forecast', 'news'].entries())
    flow = addTool(flow, newTool('mock', name), { x: at * 400, y: at * 200 })
  return groupTools(flow, ['geo', 'forecast'])?.flow ?? flow
}
const frameOf = (flow: Flow, sizes = new Map()) => groupFrames(flow, placesOf(flow), sizes)[0]

test('a frame surrounds the tools of its group, as large as they came out', () => {
  const frame = frameOf(grouped(), new Map([['forecast', { width: 232, height: 150 }]]))
  expect(frame).toMatchObject({ x: -18, y: -48, width: 400 + 232 + 36, height: 200 + 150 + 36 + 30 })
})

test('moving a frame moves all tools in it, and no other', () => {
  const flow = grouped()
  const { x = 0, y = 0 } = frameOf(flow) ?? {}
  const moved = moveNodes(flow, { [groupKey('g1')]: { x: x + 100.4, y: y - 40 } })
  expect(moved.layout).toMatchObject({
    geo: { x: 100, y: -40 },
    forecast: { x: 500, y: 160 },
    news: { x: 800, y: 400 },
  })
  expect(frameOf(moved)).toMatchObject({ x: x + 100, y: y - 40 })
})
