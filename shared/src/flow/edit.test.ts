import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgesOnCycles } from '../lib/graph.ts'
import { duplicate } from './clip.ts'
import * as edit from './edit.ts'
import { connect, disconnect, insertOnEdge, updateEdge } from './editEdges.ts'
import { groupsOf, groupTools, ungroupTools } from './editGroups.ts'
import * as parameters from './editParameters.ts'
import { type Flow, flowSchema, RUN_KINDS } from './flow.ts'

const EMPTY = flowSchema.parse({ format: 'volley.flow/1', name: 'F', agent: { provider: 'simulated', model: 'm' } })
const TOOLS = ['geo', 'weather', 'score', 'toString', 'a-b']
const PARAMETERS = ['lat', 'lon', 'geo', 'valueOf', 'x.y']

/** One edit, chosen by numbers: what it speaks of may or may not exist. */
const anEdit = fc.record({
  what: fc.constantFrom(
    ...'add add remove rename duplicate move connect connect map disconnect kind group group ungroup insert'.split(' '),
    ...PARAMS(),
  ),
  one: fc.constantFrom(...TOOLS),
  other: fc.constantFrom(...TOOLS),
  parameter: fc.constantFrom(...PARAMETERS),
  second: fc.constantFrom(...PARAMETERS),
  kind: fc.constantFrom(...RUN_KINDS),
  edge: fc.constantFrom('order' as const, 'data' as const),
  number: fc.integer({ min: -500, max: 500 }),
})
type AnEdit = typeof anEdit extends fc.Arbitrary<infer Value> ? Value : never

function PARAMS() {
  return ['param', 'param', 'rename-param', 'remove-param', 'move-param', 'require', 'schema']
}

function apply(flow: Flow, step: AnEdit): Flow {
  const ref = { from: step.one, to: step.other, kind: step.edge }
  const orSame = (edited: edit.Edited) => (edited.ok ? edited.value : flow)
  const has = (name: string) => flow.tools.some((tool) => tool.name === name)
  switch (step.what) {
    case 'add':
      return edit.addTool(flow, edit.newTool(step.kind, step.one), { x: step.number, y: 0 })
    case 'remove':
      return edit.removeTools(flow, [step.one])
    case 'rename':
      return has(step.one) ? orSame(edit.renameTool(flow, step.one, step.other)) : flow
    case 'duplicate':
      return duplicate(flow, [step.one, step.other]).flow
    case 'move':
      return edit.move(flow, { [step.one]: { x: step.number, y: 1.5 } })
    case 'connect':
      return orSame(connect(flow, step.one, step.other, step.edge))
    case 'map':
      return orSame(updateEdge(flow, ref, { map: { [step.parameter]: 'value' } }))
    case 'disconnect':
      return disconnect(flow, ref)
    case 'kind':
      return orSame(updateEdge(flow, ref, { kind: step.edge === 'data' ? 'order' : 'data' }))
    case 'group':
      return groupTools(flow, [step.one, step.other])?.flow ?? flow
    case 'ungroup':
      return ungroupTools(flow, [step.one])
    case 'insert': {
      const inserted = insertOnEdge(flow, ref, step.parameter)
      return inserted.ok ? inserted.value.flow : flow
    }
    case 'param':
      return has(step.one) ? orSame(parameters.addParameter(flow, step.one, step.parameter)) : flow
    case 'rename-param':
      return has(step.one) ? orSame(parameters.renameParameter(flow, step.one, step.parameter, step.second)) : flow
    case 'remove-param':
      return parameters.removeParameter(flow, step.one, step.parameter)
    case 'move-param':
      return parameters.moveParameter(flow, step.one, step.parameter, step.number)
    case 'require':
      return parameters.setRequired(flow, step.one, step.parameter, step.number > 0)
    case 'schema':
      return parameters.setParameters(flow, step.one, { type: 'object', properties: { [step.parameter]: {} } })
    default:
      throw new Error(step.what)
  }
}

/** What the parts of a valid flow must mean to each other (contract 2), checked apart from the code under test. */
function faults(flow: Flow): string[] {
  const found: string[] = []
  if (!flowSchema.safeParse(flow).success) found.push('shape')
  const names = flow.tools.map((tool) => tool.name)
  if (new Set(names).size < names.length) found.push('names')
  for (const key of Object.keys(flow.layout)) if (key !== 'agent' && !names.includes(key)) found.push(`layout ${key}`)
  for (const bad of edgesOnCycles(names, flow.edges)) if (bad.kind === 'order') found.push('order on a cycle')
  const filled = new Set<string>()
  for (const edge of flow.edges) {
    const target = flow.tools.find((tool) => tool.name === edge.to)
    if (!target || !names.includes(edge.from)) found.push(`edge ${edge.from} ${edge.to}`)
    for (const key of Object.keys(edge.map ?? {})) {
      const known = (target?.parameters.properties ?? {}) as object
      if (!Object.hasOwn(known, key)) found.push(`map of ${key}`)
      if (Object.hasOwn(known, edge.from)) found.push(`${edge.from} is source and parameter`)
      if (filled.has(`${edge.to} ${key}`)) found.push(`${key} filled twice`)
      filled.add(`${edge.to} ${key}`)
    }
  }
  const grouped = groupsOf(flow).flatMap((group) => group.tools)
  if (new Set(grouped).size < grouped.length) found.push('in two groups')
  for (const name of grouped) if (!names.includes(name)) found.push(`group of ${name}`)
  if (groupsOf(flow).some((group) => group.tools.length === 0)) found.push('empty group')
  if (new Set(groupsOf(flow).map((group) => group.id)).size < groupsOf(flow).length) found.push('group ids')
  return found
}

const edits = fc.array(anEdit, { maxLength: 30 })
const aFlow = edits.map((steps) => steps.reduce(apply, EMPTY))

test('every edit of a valid flow gives a valid flow', () => {
  fc.assert(
    fc.property(edits, (steps) => {
      let flow = EMPTY
      for (const step of steps) {
        flow = apply(flow, step)
        expect(faults(flow)).toEqual([])
      }
    }),
    { numRuns: 400 },
  )
})

test('an edit never changes the flow it was given', () => {
  fc.assert(
    fc.property(aFlow, anEdit, (flow, step) => {
      const before = structuredClone(flow)
      apply(deepFreeze(flow), step)
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
