import { type ParseOptions, parseFlow } from './parse.ts'
import type { Problem } from './problem.ts'

// A small document for tests, and ways to spoil it.

export type Loose = Record<string, unknown>
export const options: ParseOptions = { checkSchema: () => [] }
export const parametersOf = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  additionalProperties: false,
})
export const tool = (name: string, more: Loose = {}): Loose => ({
  name,
  parameters: parametersOf('place'),
  run: { kind: 'mock', result: { from: name } },
  ...more,
})
export const document = (more: Loose = {}): Loose => ({
  format: 'volley.flow/1',
  name: 'Harbour',
  agent: { provider: 'simulated', model: 'simulated-1' },
  tools: [tool('tides'), tool('berths')],
  edges: [{ from: 'tides', to: 'berths', kind: 'data' }],
  ...more,
})
export const problemsOf = (value: unknown): Problem[] => {
  const parsed = parseFlow(value, options)
  return parsed.ok ? [] : parsed.error
}
export const withRun = (run: Loose) => document({ tools: [tool('tides', { run })], edges: [] })
export const http = (more: Loose) => withRun({ kind: 'http', url: 'https://example.org/x', ...more })
