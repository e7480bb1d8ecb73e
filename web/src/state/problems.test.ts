import { flowSchema } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { firstProblem, placeOf, problemsOf } from './problems.ts'
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

test('the problems of one tool are those below it', () => {
  const problems = [
    { pointer: '/tools/0/name', message: 'one' },
    { pointer: '/tools/1/name', message: 'other' },
  ]
  expect(problemsOf(problems, flow, 'geo')).toEqual([{ below: ['name'], message: 'one' }])
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
