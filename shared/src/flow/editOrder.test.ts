import { expect, test } from 'vitest'
import { swapTools } from './editOrder.ts'
import { flowSchema } from './flow.ts'

const FLOW = flowSchema.parse({
  format: 'volley.flow/1',
  name: 'f',
  agent: { provider: 'simulated', model: 'm' },
  tools: ['a', 'b', 'c'].map((name) => ({ name, parameters: { type: 'object' }, run: { kind: 'mock' } })),
})
const names = (flow: typeof FLOW) => flow.tools.map((tool) => tool.name).join('')

test('two tools change places, and the others stay', () => {
  expect(names(swapTools(FLOW, 'a', 'c'))).toBe('cba')
})

test('a tool that is not there changes nothing', () => {
  expect(swapTools(FLOW, 'a', 'x')).toBe(FLOW)
  expect(swapTools(FLOW, 'a', 'a')).toBe(FLOW)
})
