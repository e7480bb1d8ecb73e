import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { flowJsonSchema } from './jsonSchema.ts'

const published = new URL('../../../docs/flow.schema.json', import.meta.url)

test('the published schema is the one that reads documents (renew it with VOLLEY_UPDATE=1)', () => {
  const text = `${JSON.stringify(flowJsonSchema(), null, 2)}\n`
  if (process.env.VOLLEY_UPDATE) writeFileSync(published, text)
  expect(readFileSync(published, 'utf8')).toBe(text)
})

test('it asks for what the contract requires, and allows no other key', () => {
  expect(flowJsonSchema()).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Volley flow',
    required: ['format', 'name', 'agent'],
    additionalProperties: false,
    properties: {
      agent: { required: ['provider', 'model'] },
      tools: { items: { required: ['name', 'parameters', 'run'] } },
      edges: { items: { required: ['from', 'to', 'kind'] } },
    },
  })
})
