import { expect, test } from 'vitest'
import { TOOL_FORMS, toolInForm } from './toolForms.ts'

test('each protocol writes one tool in its own form', () => {
  const tool = { name: 'tides', description: 'High and low water.', parameters: { properties: { port: {} } } }
  expect(TOOL_FORMS.map((form) => toolInForm(form, tool))).toEqual([
    { type: 'function', ...tool, strict: false },
    { type: 'function', function: tool },
    { name: 'tides', description: tool.description, input_schema: { type: 'object', ...tool.parameters } },
  ])
})
