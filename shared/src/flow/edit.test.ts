import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as edit from './edit.ts'
import { connect, updateEdge } from './editEdges.ts'
import * as parameters from './editParameters.ts'
import type { Flow } from './flow.ts'
import { applyEdit, EDIT_NUMBERS, EMPTY, editOf, faultsOf } from './testEdits.ts'

const anEdit = fc.array(fc.nat(), { minLength: EDIT_NUMBERS, maxLength: EDIT_NUMBERS }).map(editOf)
const edits = fc.array(anEdit, { maxLength: 30 })
const aFlow = edits.map((steps) => steps.reduce(applyEdit, EMPTY))

test('every edit of a valid flow gives a valid flow', () => {
  fc.assert(
    fc.property(edits, (steps) => {
      let flow = EMPTY
      for (const step of steps) {
        flow = applyEdit(flow, step)
        expect(faultsOf(flow)).toEqual([])
      }
    }),
    { numRuns: 400 },
  )
})

test('an edit never changes the flow it was given', () => {
  fc.assert(
    fc.property(aFlow, anEdit, (flow, step) => {
      const before = structuredClone(flow)
      applyEdit(deepFreeze(flow), step)
      expect(flow).toEqual(before)
    }),
    { numRuns: 200 },
  )
})

test('renaming a tool there and back gives the same flow', () => {
  fc.assert(
    fc.property(aFlow, fc.nat(), (flow, at) => {
      const name = flow.tools[at % Math.max(1, flow.tools.length)]?.name
      if (name === undefined) return
      const there = edit.renameTool(flow, name, 'renamed')
      if (!there.ok) throw new Error(there.error)
      expect(JSON.stringify(there.value)).not.toContain(`"${name}":{"x"`)
      expect(edit.renameTool(there.value, 'renamed', name)).toEqual({ ok: true, value: flow })
    }),
  )
})

test('a removed tool leaves no trace', () => {
  fc.assert(
    fc.property(aFlow, fc.nat(), (flow, at) => {
      const name = flow.tools[at % Math.max(1, flow.tools.length)]?.name
      if (name === undefined) return
      const left = edit.removeTools(flow, [name])
      expect(left.tools.some((tool) => tool.name === name)).toBe(false)
      expect(left.edges.some((edge) => edge.from === name || edge.to === name)).toBe(false)
      expect(Object.hasOwn(left.layout, name)).toBe(false)
    }),
  )
})

test('a new tool takes a free name and stands where it was put', () => {
  const flow = edit.addTool(
    edit.addTool(EMPTY, edit.newTool('mock', 'geo'), { x: 1, y: 2 }),
    edit.newTool('http', 'geo'),
    {
      x: 3.4,
      y: 4,
    },
  )
  expect(flow.tools.map((tool) => tool.name)).toEqual(['geo', 'geo_2'])
  expect(flow.layout).toEqual({ geo: { x: 1, y: 2 }, geo_2: { x: 3, y: 4 } })
})

test('a name of 64 characters stays whole while it is free', () => {
  const long = 'x'.repeat(64)
  const one = edit.addTool(EMPTY, edit.newTool('mock', long), { x: 0, y: 0 })
  const two = edit.addTool(one, edit.newTool('mock', long), { x: 0, y: 0 })
  expect(two.tools.map((tool) => tool.name)).toEqual([long, `${'x'.repeat(58)}_2`])
})

test('a name that cannot be a tool says why', () => {
  const flow = edit.addTool(EMPTY, edit.newTool('mock', 'geo'), { x: 0, y: 0 })
  expect(edit.toolNameFault(flow, 'geo')).toBe('Another tool is named "geo".')
  expect(edit.toolNameFault(flow, 'geo', 'geo')).toBeNull()
  for (const bad of ['', 'a b', 'ä', 'x'.repeat(65), 'constructor', '__proto__'])
    expect(edit.toolNameFault(flow, bad)).not.toBeNull()
})

test('the script and its mapped arguments follow a renamed tool', () => {
  let flow = edit.addTool(EMPTY, edit.newTool('mock', 'geo'), { x: 0, y: 0 })
  flow = edit.addTool(flow, edit.newTool('mock', 'weather'), { x: 0, y: 0 })
  flow = value(parameters.addParameter(flow, 'weather', 'lat'))
  flow = value(connect(flow, 'geo', 'weather', 'data'))
  flow = value(updateEdge(flow, { from: 'geo', to: 'weather', kind: 'data' }, { map: { lat: 'lat' } }))
  flow = edit.setAgent(flow, {
    settings: { script: [{ calls: [{ tool: 'geo' }, { tool: 'weather', arguments: { geo: 1, days: 2 } }] }] },
  })
  const renamed = value(edit.renameTool(flow, 'geo', 'locate'))
  expect(renamed.agent.settings?.script).toEqual([
    { calls: [{ tool: 'locate' }, { tool: 'weather', arguments: { locate: 1, days: 2 } }] },
  ])
  expect(renamed.edges[0]).toEqual({ from: 'locate', to: 'weather', kind: 'data', map: { lat: 'lat' } })
})

function value(edited: edit.Edited): Flow {
  if (!edited.ok) throw new Error(edited.error)
  return edited.value
}

function deepFreeze<Value>(thing: Value): Value {
  if (typeof thing === 'object' && thing !== null)
    for (const inner of Object.values(Object.freeze(thing))) deepFreeze(inner)
  return thing
}
