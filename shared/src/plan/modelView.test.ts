import { describe, expect, test } from 'vitest'
import { type Edge, FLOW_FORMAT, type Flow } from '../flow/flow.ts'
import { instructionsForModel, systemForModel, toolsForModel } from './modelView.ts'

const geocode = {
  name: 'geocode',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  run: { kind: 'mock' as const },
}
const forecast = {
  name: 'get_forecast',
  parameters: {
    type: 'object',
    properties: {
      lat: { type: 'number' },
      lon: { type: 'number', description: 'East is positive.' },
      days: { type: 'array', items: { type: 'integer' } },
    },
    required: ['lat', 'lon'],
  },
  run: { kind: 'mock' as const },
}
const flowWith = (edges: Edge[], parallelism: 'serial' | 'batch' | 'graph' = 'graph'): Flow => ({
  format: FLOW_FORMAT,
  name: 'f',
  description: '',
  agent: { provider: 'simulated', model: 'simulated-1', parallelism },
  tools: [geocode, forecast],
  edges,
  layout: {},
  notes: [],
})
const parametersOf = (flow: Flow, tool: number) =>
  toolsForModel(flow)[tool]?.parameters as { properties: Record<string, unknown>; required?: string[]; $defs?: object }

describe('what the model sees', () => {
  test('without edges a tool is shown as it is, and nothing is added to the instructions', () => {
    expect(parametersOf(flowWith([]), 1)).toBe(forecast.parameters)
    expect(instructionsForModel(flowWith([]))).toBe('')
  })

  test('a tool with a data edge takes a reference in place of any value, at any depth', () => {
    const { properties, $defs } = parametersOf(flowWith([{ from: 'geocode', to: 'get_forecast', kind: 'data' }]), 1)
    const reference = { $ref: '#/$defs/call_reference' }
    expect(properties).toEqual({
      lat: { anyOf: [{ type: 'number' }, reference] },
      lon: { description: 'East is positive.', anyOf: [{ type: 'number' }, reference] },
      days: { anyOf: [{ type: 'array', items: { anyOf: [{ type: 'integer' }, reference] } }, reference] },
    })
    expect($defs).toHaveProperty('call_reference.properties.from_call')
  })

  test('mapped parameters are hidden behind one number named after the source', () => {
    const flow = flowWith([{ from: 'geocode', to: 'get_forecast', kind: 'data', map: { lat: 'lat', lon: 'lon' } }])
    const { properties, required } = parametersOf(flow, 1)
    expect(Object.keys(properties)).toEqual(['days', 'geocode'])
    expect(properties.geocode).toMatchObject({ type: 'integer', minimum: 1 })
    expect(required).toBeUndefined()
    expect(instructionsForModel(flow)).toContain('- get_forecast runs after geocode')
    expect(instructionsForModel(flow)).toContain('give that call\'s number as "geocode"')
  })

  test('in batch the order is told and nothing is a reference; in serial nothing is told', () => {
    const edges: Edge[] = [{ from: 'geocode', to: 'get_forecast', kind: 'data', map: { lat: 'lat' } }]
    expect(parametersOf(flowWith(edges, 'batch'), 1)).toBe(forecast.parameters)
    expect(instructionsForModel(flowWith(edges, 'batch'))).not.toContain('from_call')
    expect(instructionsForModel(flowWith(edges, 'serial'))).toBe('')
  })
})

test('the system text holds the variables of the run before those of the flow, keeps unknown ones, and ends with what Volley adds', () => {
  const flow = flowWith([{ from: 'geocode', to: 'get_forecast', kind: 'order' }])
  const told: Flow = {
    ...flow,
    agent: {
      ...flow.agent,
      system: 'Brief {{who}} in {{tone}} for {{gone}}.',
      variables: { who: 'sailors', tone: 'prose' },
    },
  }
  const text = systemForModel(told, { who: 'pilots' })
  expect(text).toBe(`Brief pilots in prose for {{gone}}.\n\n${instructionsForModel(told)}`)
  expect(systemForModel(flowWith([]))).toBe('')
})
