import type { Tool } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { suggestPrompt } from './suggestPrompt.ts'

const aTool = (name: string, ...parameters: string[]): Tool => ({
  name,
  parameters: { type: 'object', properties: Object.fromEntries(parameters.map((one) => [one, { type: 'string' }])) },
  run: { kind: 'mock', result: null },
})

test('the suggestion names a tool that waits for nothing, and three things of its kind', () => {
  const tools = [aTool('get_forecast', 'lat'), aTool('geocode', 'city')]
  const edges = [{ from: 'geocode', to: 'get_forecast', kind: 'order' as const }]
  expect(suggestPrompt({ tools, edges })).toBe('Use geocode for San Francisco, New York and Chicago.')
})

test('a tool that says nothing of itself still gets three things; no tool, no suggestion', () => {
  expect(suggestPrompt({ tools: [aTool('mix', 'x')], edges: [] })).toBe('Use mix for alpha, beta and gamma.')
  expect(suggestPrompt({ tools: [], edges: [] })).toBe(null)
})
