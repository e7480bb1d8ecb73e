import { expect, test } from 'vitest'
import { addTool, type Edited, newTool, setAgent, updateTool } from './edit.ts'
import { connect, updateEdge } from './editEdges.ts'
import * as edit from './editParameters.ts'
import { type Flow, flowSchema } from './flow.ts'

const value = (edited: Edited): Flow => {
  if (!edited.ok) throw new Error(edited.error)
  return edited.value
}
function forecast(): Flow {
  let flow = flowSchema.parse({ format: 'volley.flow/1', name: 'F', agent: { provider: 'simulated', model: 'm' } })
  for (const name of ['geo', 'forecast']) flow = addTool(flow, newTool('http', name), { x: 0, y: 0 })
  for (const name of ['lat', 'lon', 'days']) flow = value(edit.addParameter(flow, 'forecast', name, { type: 'number' }))
  flow = edit.setRequired(edit.setRequired(flow, 'forecast', 'lat', true), 'forecast', 'lon', true)
  flow = value(connect(flow, 'geo', 'forecast', 'data'))
  return value(updateEdge(flow, { from: 'geo', to: 'forecast', kind: 'data' }, { map: { lat: 'lat', lon: 'lon' } }))
}
const parametersOf = (flow: Flow) => flow.tools[1]?.parameters

test('a renamed parameter keeps its place, its required mark and the map that fills it', () => {
  const flow = value(edit.renameParameter(forecast(), 'forecast', 'lat', 'latitude'))
  expect(Object.keys(parametersOf(flow)?.properties as object)).toEqual(['latitude', 'lon', 'days'])
  expect(parametersOf(flow)?.required).toEqual(['latitude', 'lon'])
  expect(flow.edges[0]?.map).toEqual({ latitude: 'lat', lon: 'lon' })
})

test('placeholders and the script follow a renamed parameter', () => {
  let flow = updateTool(forecast(), 'forecast', (tool) => ({
    ...tool,
    run: { kind: 'http', url: 'https://x.example/{{lat}}/{{ lat }}/{{lat2}}', body: { at: ['{{lat}}'] } },
    policy: { exclusive: 'place:{{lat}}' },
  }))
  flow = setAgent(flow, { settings: { script: [{ calls: [{ tool: 'forecast', arguments: { lat: 1 } }] }] } })
  flow = value(edit.renameParameter(flow, 'forecast', 'lat', 'a$1'.replace('$1', '-b')))
  expect(flow.tools[1]?.run).toEqual({
    kind: 'http',
    url: 'https://x.example/{{a-b}}/{{a-b}}/{{lat2}}',
    body: { at: ['{{a-b}}'] },
  })
  expect(flow.tools[1]?.policy).toEqual({ exclusive: 'place:{{a-b}}' })
  expect(flow.agent.settings?.script?.[0]?.calls?.[0]?.arguments).toEqual({ 'a-b': 1 })
})

test('a removed parameter leaves required and map; a map without entries is gone', () => {
  let flow = edit.removeParameter(forecast(), 'forecast', 'lat')
  expect(parametersOf(flow)?.required).toEqual(['lon'])
  expect(flow.edges[0]?.map).toEqual({ lon: 'lon' })
  flow = edit.removeParameter(flow, 'forecast', 'lon')
  expect(flow.edges[0]).toEqual({ from: 'geo', to: 'forecast', kind: 'data' })
})

test('a parameter cannot be named like a tool that fills values here', () => {
  expect(edit.parameterNameFault(forecast(), 'forecast', 'geo')).toContain('"geo" fills values here')
  expect(edit.parameterNameFault(forecast(), 'forecast', 'lat')).toContain('already has')
  expect(edit.parameterNameFault(forecast(), 'forecast', '__proto__')).toContain('reserved')
  expect(edit.freeParameterName(forecast(), 'forecast', 'lat')).toBe('lat_2')
})

test('a parameter moves to another place in the list', () => {
  const flow = edit.moveParameter(forecast(), 'forecast', 'days', 0)
  expect(Object.keys(parametersOf(flow)?.properties as object)).toEqual(['days', 'lat', 'lon'])
})

test('a schema set whole drops the map entries of parameters that are gone', () => {
  const flow = edit.setParameters(forecast(), 'forecast', { type: 'object', properties: { lon: { type: 'number' } } })
  expect(flow.edges[0]?.map).toEqual({ lon: 'lon' })
})

test('an entry of a parameter that comes out undefined is taken away', () => {
  let flow = edit.updateParameter(forecast(), 'forecast', 'lat', { description: 'Latitude', enum: [1, 2] })
  flow = edit.updateParameter(flow, 'forecast', 'lat', { enum: undefined })

  expect(parametersOf(flow)?.properties).toHaveProperty('lat', { type: 'number', description: 'Latitude' })
})

test('a parameter of the longest name finds a free one beside it', () => {
  const name = 'x'.repeat(64)
  const flow = value(edit.addParameter(forecast(), 'forecast', name))
  expect(edit.freeParameterName(flow, 'forecast', name)).toBe(`${'x'.repeat(62)}_2`)
})
