import { expect, test } from 'vitest'
import { addTool, newTool, removeTools, renameTool } from './edit.ts'
import { groupsOf, groupTools, ungroupTools, updateGroup } from './editGroups.ts'
import { type Flow, flowSchema } from './flow.ts'

const flowOf = (...names: string[]): Flow =>
  names.reduce(
    (flow, name) => addTool(flow, newTool('mock', name), { x: 0, y: 0 }),
    flowSchema.parse({ format: 'volley.flow/1', name: 'F', agent: { provider: 'simulated', model: 'm' } }),
  )
const grouped = (flow: Flow, ...names: string[]): Flow => groupTools(flow, names)?.flow ?? flow
const members = (flow: Flow) => groupsOf(flow).map((group) => `${group.name}: ${group.tools.join(' ')}`)

test('tools are grouped under a free name', () => {
  const one = grouped(flowOf('a', 'b', 'c', 'd'), 'a', 'b')
  expect(one.groups).toEqual([{ id: 'g1', name: 'Group 1', tools: ['a', 'b'] }])
  expect(members(grouped(one, 'c', 'd'))).toEqual(['Group 1: a b', 'Group 2: c d'])
})

test('a tool leaves its group for a new one; a whole group keeps its name and takes the others in', () => {
  const one = grouped(flowOf('a', 'b', 'c', 'd'), 'a', 'b')
  expect(members(grouped(one, 'b', 'c'))).toEqual(['Group 1: a', 'Group 2: b c'])
  expect(members(grouped(one, 'a', 'b', 'd'))).toEqual(['Group 1: a b d'])
  expect(groupTools(one, ['nobody'])).toBeNull()
})

test('the last tool that leaves takes the group along, and the document has no key for groups again', () => {
  const flow = flowOf('a', 'b')
  expect(members(ungroupTools(grouped(flow, 'a', 'b'), ['a']))).toEqual(['Group 1: b'])
  expect(ungroupTools(grouped(flow, 'a', 'b'), ['a', 'b'])).toEqual(flow)
  expect(Object.hasOwn(ungroupTools(grouped(flow, 'a', 'b'), ['a', 'b']), 'groups')).toBe(false)
})

test('groups follow renamed and removed tools', () => {
  const flow = grouped(flowOf('a', 'b', 'c'), 'a', 'b')
  const renamed = renameTool(flow, 'a', 'x')
  expect(renamed.ok && members(renamed.value)).toEqual(['Group 1: x b'])
  expect(members(removeTools(flow, ['a', 'c']))).toEqual(['Group 1: b'])
  expect(Object.hasOwn(removeTools(flow, ['a', 'b']), 'groups')).toBe(false)
})

test('a group is renamed and coloured; an empty name changes nothing', () => {
  const flow = grouped(flowOf('a'), 'a')
  expect(updateGroup(flow, 'g1', { name: ' Harbour ', color: 'green' }).groups).toEqual([
    { id: 'g1', name: 'Harbour', tools: ['a'], color: 'green' },
  ])
  expect(updateGroup(flow, 'g1', { name: '  ' })).toBe(flow)
  expect(updateGroup(updateGroup(flow, 'g1', { color: 'blue' }), 'g1', { color: null })).toEqual(flow)
})
