import { flowSchema } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { fieldPlaceOf, firstProblem, placeOf } from './problems.ts'
import { AGENT } from './sessionStore.ts'

const flow = flowSchema.parse({
  format: 'volley.flow/1',
  name: 'F',
  agent: { provider: 'simulated', model: 'm' },
  tools: [
    { name: 'geo', parameters: {}, run: { kind: 'mock' } },
    { name: 'sun', parameters: {}, run: { kind: 'mock' } },
  ],
  edges: [{ from: 'geo', to: 'sun', kind: 'data' }],
})
const at = (pointer: string) => placeOf({ pointer, message: 'm' }, flow)

test('a problem is found at the tool, edge or agent that its pointer leads to', () => {
  expect(at('/tools/1/parameters/properties/a~1b')).toEqual({
    key: 'sun',
    title: 'sun',
    below: ['parameters', 'properties', 'a/b'],
  })
  expect(at('/edges/0/map/lat')).toEqual({ key: 'geo→sun:data', title: 'geo → sun', below: ['map', 'lat'] })
  expect(at('/agent/model')).toEqual({ key: AGENT, title: 'agent', below: ['model'] })
})

test('a problem of nothing that is drawn belongs to the flow', () => {
  expect(at('/name')).toEqual({ key: null, title: 'flow', below: ['name'] })
  expect(at('/tools/7')).toEqual({ key: null, title: 'flow', below: ['tools', '7'] })
  expect(at('')).toEqual({ key: null, title: 'flow', below: [] })
})

test('a problem leads to the tab and the field where it can be mended', () => {
  const placeAt = (pointer: string) => fieldPlaceOf({ pointer, message: 'm' }, flow)
  expect(placeAt('/tools/0/policy/retries')).toEqual({ key: 'geo', tab: 'policy', field: 'policy.retries' })
  expect(placeAt('/tools/1/run/url')).toEqual({ key: 'sun', tab: 'run', field: 'run.url' })
  expect(placeAt('/tools/1/parameters')).toEqual({ key: 'sun', tab: 'definition', field: 'parameters' })
  expect(placeAt('/agent/limits/turns')).toEqual({ key: AGENT, tab: 'limits', field: 'limits.turns' })
  expect(placeAt('/edges/0/map/lat')).toEqual({ key: 'geo→sun:data', tab: null, field: 'map.lat' })
  expect(placeAt('/name')).toEqual({ key: null, tab: null, field: 'name' })
})

test('what has room for one sentence tells the first problem of the flow as it stands', () => {
  const problems = [
    { pointer: '/tools/1/name', message: 'first' },
    { pointer: '/tools/1/run', message: 'second' },
  ]
  expect(firstProblem(problems, flow, 'sun')).toBe('first')
  expect(firstProblem(problems, flow, 'geo')).toBeUndefined()
  const turned = { ...flow, tools: [...flow.tools].reverse() }
  expect(firstProblem(problems, turned, 'geo')).toBe('first')
})
