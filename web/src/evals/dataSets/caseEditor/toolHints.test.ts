import { expect, test } from 'vitest'
import { hintsOfCases, hintsOfFlow } from './toolHints.ts'

test('tools are suggested from the cases of a set, with every parameter that any of them names, or from a flow', () => {
  const hints = hintsOfCases([
    { id: 'a', input: '', expected: { calls: [{ tool: 'tide', arguments: { port: [] } }, { tool: 'sail' }] } },
    {
      id: 'b',
      input: '',
      tools: [{ name: 'wind', parameters: { properties: { at: {} } } }],
      expected: { calls: [{ tool: 'tide', arguments: { days: [1], port: [] } }] },
    },
  ])
  expect([...hints]).toEqual([
    ['sail', []],
    ['tide', ['port', 'days']],
    ['wind', ['at']],
  ])
  const flow = { tools: [{ name: 'news', parameters: { properties: { topic: {} } }, run: { kind: 'mock' as const } }] }
  expect([...hintsOfFlow(flow)]).toEqual([['news', ['topic']]])
})
