import { flowSchema } from '@volley/shared/flow/flow.ts'
import { expect, test } from 'vitest'
import { originsOf } from './originsOf.ts'

const flowOf = (...urls: string[]) =>
  flowSchema.parse({
    format: 'volley.flow/1',
    name: 'x',
    agent: { provider: 'simulated', model: 'simulated-1' },
    tools: urls.map((url, at) => ({
      name: `tool_${at}`,
      parameters: { type: 'object' },
      run: { kind: 'http', url, headers: { Authorization: 'Bearer {{secret.KEY}}' } },
    })),
  })

test('a secret is bound to the origins of all tools that send it, each once', () => {
  const flow = flowOf('https://a.example/v1?x={{x}}', 'https://a.example/v2', 'http://b.example:8080')
  expect(originsOf(flow, 'KEY')).toEqual(['https://a.example', 'http://b.example:8080'])
  expect(originsOf(flow, 'OTHER')).toEqual([])
})

test('it is not bound where one address is only known with its arguments', () => {
  expect(originsOf(flowOf('https://a.example/', 'https://{{region}}.b.example/'), 'KEY')).toEqual([])
})
