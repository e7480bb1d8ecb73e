import { addTool, newTool } from '@volley/shared/flow/edit.ts'
import { groupsOf, groupTools } from '@volley/shared/flow/editGroups.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { EMPTY_FLOW } from '../state/flowStore.ts'
import type { Joint } from '../state/quickAdd.ts'
import { joinTool, jointWords } from './joinTool.ts'

const flow = ['geo', 'forecast', 'check'].reduce(
  (before, name) => addTool(before, newTool('mock', name), { x: 0, y: 0 }),
  EMPTY_FLOW,
)
const joined = (before: Flow, joint: Joint) => {
  const result = joinTool(before, 'check', joint)
  if (!result.ok) throw new Error(result.error)
  return result.value
}

test('a tool is joined after, before, or not at all', () => {
  expect(joined(flow, { is: 'after', tool: 'geo' }).flow.edges).toEqual([{ from: 'geo', to: 'check', kind: 'order' }])
  expect(joined(flow, { is: 'before', tool: 'geo' }).flow.edges).toEqual([{ from: 'check', to: 'geo', kind: 'order' }])
  expect(joined(flow, { is: 'alone' }).flow).toBe(flow)
})

test('a tool joins a group', () => {
  const grouped = groupTools(flow, ['geo', 'forecast'])?.flow ?? flow
  const joint = { is: 'in', group: 'g1' } as const
  expect(groupsOf(joined(grouped, joint).flow)[0]?.tools).toEqual(['geo', 'forecast', 'check'])
  expect(jointWords(joint, grouped)).toBe(' to Group 1')
})

test('where a mapped edge stays beside a tool that was put on it, that is told', () => {
  const mapped: Flow = {
    ...flow,
    edges: [{ from: 'geo', to: 'forecast', kind: 'data', map: { lat: 'lat', lon: 'lon' } }],
  }
  const edge = { from: 'geo', to: 'forecast', kind: 'data' } as const
  expect(joined(mapped, { is: 'between', edge }).news?.message).toBe('“forecast” still takes lat and lon from “geo”.')
  const plain: Flow = { ...flow, edges: [edge] }
  expect(joined(plain, { is: 'between', edge }).news).toBeNull()
})
