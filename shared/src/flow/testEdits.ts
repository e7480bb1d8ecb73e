import { edgesOnCycles } from '../lib/graph.ts'
import { duplicate } from './clip.ts'
import * as edit from './edit.ts'
import { connect, disconnect, insertOnEdge, updateEdge } from './editEdges.ts'
import { groupsOf, groupTools, ungroupTools } from './editGroups.ts'
import * as parameters from './editParameters.ts'
import { type Edge, type Flow, flowSchema, RUN_KINDS, type RunKind } from './flow.ts'

// Flows for property tests, as people make them: by edits, one after the other.

export const EMPTY = flowSchema.parse({
  format: 'volley.flow/1',
  name: 'F',
  agent: { provider: 'simulated', model: 'm' },
})
const TOOLS = ['geo', 'weather', 'score', 'toString', 'a-b']
const PARAMETERS = ['lat', 'lon', 'geo', 'valueOf', 'x.y']

const WHATS = [
  ...'add add remove rename duplicate move connect connect map disconnect kind group group ungroup insert'.split(' '),
  ...'param param rename-param remove-param move-param require schema'.split(' '),
  ...'describe prompt setting setting variable policy title note note-text note-place note-away'.split(' '),
]

export interface AnEdit {
  what: string
  one: string
  other: string
  parameter: string
  second: string
  kind: RunKind
  edge: Edge['kind']
  /** From -500 to 500. */
  number: number
}

/** How many numbers choose an edit. */
export const EDIT_NUMBERS = 8

/** One edit, chosen by natural numbers: what it speaks of may or may not exist. */
export function editOf([
  what = 0,
  one = 0,
  other = 0,
  parameter = 0,
  second = 0,
  kind = 0,
  edge = 0,
  number = 0,
]: readonly number[]): AnEdit {
  const pick = <Choice>(choices: readonly Choice[], at: number) => choices[at % choices.length] as Choice
  return {
    what: pick(WHATS, what),
    one: pick(TOOLS, one),
    other: pick(TOOLS, other),
    parameter: pick(PARAMETERS, parameter),
    second: pick(PARAMETERS, second),
    kind: pick(RUN_KINDS, kind),
    edge: pick(['order', 'data'], edge),
    number: (number % 1001) - 500,
  }
}

export function applyEdit(flow: Flow, step: AnEdit): Flow {
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
    case 'describe':
      return edit.updateTool(flow, step.one, (tool) => ({ ...tool, description: step.parameter }))
    case 'prompt':
      return edit.setAgent(flow, { system: `${step.parameter} ${step.second}` })
    case 'setting': {
      const changed = step.number > 0 ? { temperature: step.number / 500 } : { maxOutputTokens: 1 - step.number }
      return edit.setAgent(flow, { settings: { ...flow.agent.settings, ...changed } })
    }
    case 'variable':
      return edit.setAgent(flow, { variables: { ...flow.agent.variables, [step.parameter]: step.second } })
    case 'policy':
      return edit.updateTool(flow, step.one, (tool) => ({ ...tool, policy: { retries: Math.abs(step.number) % 20 } }))
    case 'title':
      return edit.setName(flow, step.second)
    case 'note':
      return edit.addNote(flow, { id: edit.freeNoteId(flow.notes.map(({ id }) => id)), x: 0, y: 0, text: step.second })
    case 'note-text':
      return edit.updateNote(flow, 'n1', { text: step.parameter })
    case 'note-place':
      return edit.updateNote(flow, 'n1', { x: step.number })
    case 'note-away':
      return edit.removeNotes(flow, ['n1'])
    default:
      throw new Error(step.what)
  }
}

/** What the parts of a valid flow must mean to each other (contract 2), checked apart from the code under test. */
export function faultsOf(flow: Flow): string[] {
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
