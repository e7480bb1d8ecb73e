import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExportFormat, ImportAnswer } from '../api.ts'
import { exportFlow } from './exportTools.ts'
import type { Flow } from './flow.ts'
import { importDocument } from './importTools.ts'

const checkSchema = () => []
const readOpenApi = (content: string): ImportAnswer => ({
  format: 'openapi',
  flow: null,
  problems: [{ pointer: '', message: `Read as an OpenAPI document, ${content.length} characters long.` }],
})
const read = (value: unknown, format?: 'openapi' | ExportFormat) =>
  importDocument(typeof value === 'string' ? value : JSON.stringify(value), { format, checkSchema, readOpenApi })
const parameters = {
  type: 'object',
  properties: { ship: { type: 'string' } },
  required: ['ship'],
  additionalProperties: false,
}
const pilot = { name: 'hail_pilot', description: 'Calls a pilot aboard.' }
const flow: Flow = {
  format: 'volley.flow/1',
  name: 'Harbour',
  description: '',
  agent: { provider: 'simulated', model: 'simulated-1' },
  tools: [
    {
      ...pilot,
      parameters,
      run: { kind: 'http', url: 'https://example.org', headers: { 'X-Key': '{{secret.KEY}}' } },
      annotations: { title: 'Pilot', idempotentHint: true },
    },
    { name: 'tides', parameters: { type: 'object' }, run: { kind: 'mock' } },
  ],
  edges: [{ from: 'tides', to: 'hail_pilot', kind: 'order' }],
  layout: {},
  notes: [],
}

describe('an export', () => {
  test('is the document or a tool array in the form of each provider', () => {
    expect(exportFlow(flow, 'volley')).toBe(flow)
    expect(exportFlow(flow, 'openai')).toEqual([
      { type: 'function', ...pilot, parameters, strict: false },
      { type: 'function', name: 'tides', parameters: { type: 'object' }, strict: false },
    ])
    expect(exportFlow(flow, 'openai-chat')).toMatchObject([
      { type: 'function', function: { ...pilot, parameters } },
      { function: { name: 'tides' } },
    ])
    expect(exportFlow(flow, 'anthropic')).toMatchObject([{ ...pilot, input_schema: parameters }, { name: 'tides' }])
    expect(exportFlow(flow, 'mcp')).toMatchObject([
      { ...pilot, title: 'Pilot', inputSchema: parameters, annotations: { idempotentHint: true } },
      { name: 'tides' },
    ])
  })
})

describe('an import', () => {
  test.each([
    ['openai', [{ type: 'function', ...pilot, parameters }]],
    ['openai', [{ ...pilot, parameters }]],
    ['openai', { type: 'function', ...pilot, parameters }],
    ['openai-chat', [{ type: 'function', function: { ...pilot, parameters } }]],
    ['openai-chat', { tools: [{ type: 'function', function: { ...pilot, parameters } }], model: 'x' }],
    ['anthropic', [{ ...pilot, input_schema: parameters }]],
    ['anthropic', { tools: [{ type: 'custom', ...pilot, input_schema: parameters }] }],
    ['mcp', [{ ...pilot, inputSchema: parameters, annotations: { idempotentHint: true, colour: 'red' } }]],
    ['mcp', { jsonrpc: '2.0', id: 1, result: { tools: [{ ...pilot, inputSchema: parameters }] } }],
  ] as const)('knows a tool array of %s: %j', (format, value) => {
    const answer = read(value)
    expect(answer).toMatchObject({
      format,
      problems: [],
      flow: { format: 'volley.flow/1', agent: { provider: 'simulated' }, tools: [{ ...pilot, parameters }] },
    })
  })

  test('gives tools that say they are mocks, places for them, and the hints of MCP', () => {
    const answer = read([
      { ...pilot, title: 'Pilot', inputSchema: parameters, annotations: { idempotentHint: true, colour: 'red' } },
    ])
    expect(answer.flow?.tools?.[0]).toMatchObject({
      annotations: { title: 'Pilot', idempotentHint: true },
      run: { kind: 'mock', result: expect.stringMatching(/^This is a mock/) },
    })
    expect(answer.flow?.layout).toEqual({ agent: { x: 0, y: 0 }, hail_pilot: { x: 320, y: 0 } })
  })

  test('makes names legal and unique, and says so', () => {
    const names = [
      'get weather!',
      'get_weather_',
      'é',
      'constructor',
      'x'.repeat(80),
      'x'.repeat(70),
      '🛰️',
      'files.read',
    ]
    const answer = read(names.map((name) => ({ name, inputSchema: { type: 'object' } })))
    expect(answer.flow?.tools?.map(({ name }) => name)).toEqual([
      'get_weather_',
      'get_weather__2',
      'e',
      'constructor_2',
      'x'.repeat(64),
      `${'x'.repeat(62)}_2`,
      'tool',
      'files_read',
    ])
    expect(answer.problems).toContainEqual({
      pointer: '/tools/0/name',
      message:
        '"get weather!" is called "get_weather_" now: names are 1 to 64 letters, digits, "_" or "-", and each is used once.',
    })
    expect(answer.problems).toHaveLength(8)
  })

  test('leaves out what cannot be a tool, and says so', () => {
    const answer = read([
      { type: 'web_search' },
      7,
      { type: 'function', ...pilot, parameters },
      { ...pilot, name: 'bare' },
    ])
    expect(answer.flow?.tools?.map(({ name }) => name)).toEqual(['hail_pilot', 'bare'])
    expect(answer.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/Entry 1 was left out: a tool of type "web_search" runs at its provider/),
      expect.stringMatching(/Entry 2 was left out/),
      expect.stringMatching(/"bare" came without a schema/),
    ])
  })

  test('reports faults of schemas, and keeps the schemas', () => {
    const answer = importDocument(JSON.stringify([{ ...pilot, parameters }]), {
      checkSchema: () => [{ pointer: '/properties/ship', message: 'No.' }],
      readOpenApi,
    })
    expect(answer).toMatchObject({
      flow: { tools: [{ parameters }] },
      problems: [{ pointer: '/tools/0/parameters/properties/ship', message: 'No.' }],
    })
  })

  test('takes a Volley document as it is, or gives its problems', () => {
    expect(read(flow)).toEqual({ format: 'volley', flow, problems: [] })
    expect(read({ ...flow, colour: 1 })).toEqual({
      format: 'volley',
      flow: null,
      problems: [{ pointer: '/colour', message: expect.any(String) }],
    })
    expect(read({ ...flow, format: 'volley.flow/9' })).toMatchObject({ flow: null, problems: [{ pointer: '/format' }] })
  })

  test('gives a Volley document that has its shape with its problems, so that it can be opened and repaired', () => {
    const edges = [{ from: 'nobody', to: flow.tools[0]?.name ?? '', kind: 'order' }]
    expect(read({ ...flow, edges })).toEqual({
      format: 'volley',
      flow: { ...flow, edges },
      problems: [{ pointer: '/edges/0/from', message: expect.stringContaining('no such tool') }],
    })
    const twice = [flow.tools[0], flow.tools[0]]
    expect(read({ ...flow, tools: twice, edges: [] })).toMatchObject({
      flow: null,
      problems: [{ pointer: '/tools/1/name' }],
    })
  })

  test.each([
    ['openapi: 3.1.0\ninfo:\n  title: x', 'openapi'],
    ['{"swagger": "2.0"}', 'openapi'],
    [`components:\n${'  # long\n'.repeat(1000)}"openapi": 3.0.0`, 'openapi'],
    ['{"info": {}, "openapi": "3.0.0"}', 'openapi'],
    ['{"name": "a-package", "description": "No tool."}', 'volley'],
    ['{"name":', 'volley'],
    ['[]', 'volley'],
    ['null', 'volley'],
    ['[['.repeat(100), 'volley'],
  ])('of %s gives no flow, but a reason', (content, format) => {
    expect(read(content)).toEqual({
      format,
      flow: null,
      problems: [{ pointer: '', message: expect.stringMatching(/.{30,}/) }],
    })
  })

  test('of what was exported keeps names, descriptions and schemas', () => {
    const name = fc
      .stringMatching(/^[a-zA-Z0-9_-]{1,64}$/)
      .filter((one) => !['agent', 'constructor', 'prototype', '__proto__'].includes(one))
    const schema = fc
      .dictionary(
        fc.stringMatching(/^[a-z]{1,8}$/),
        fc.record({ type: fc.constantFrom('string', 'number'), description: fc.string() }),
      )
      .map((properties) => ({ type: 'object', properties: { ...properties } }))
    const tool = fc.record({ name, description: fc.string(), parameters: schema })
    const tools = fc.uniqueArray(tool, { selector: (one) => one.name, minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(tools, fc.constantFrom('openai', 'openai-chat', 'anthropic', 'mcp' as const), (list, format) => {
        const whole = { ...flow, edges: [], tools: list.map((one) => ({ ...one, run: { kind: 'mock' as const } })) }
        const answer = read(exportFlow(whole, format as ExportFormat))
        expect(answer.problems).toEqual([])
        expect(answer.format).toBe(format)
        expect(
          answer.flow?.tools?.map((one) => ({
            name: one.name,
            description: one.description,
            parameters: one.parameters,
          })),
        ).toEqual(list)
      }),
    )
  })

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((text) => `{"tools":[${text},{"name":"a","inputSchema":${text}}]}`),
        ),
        (content) => {
          expect(read(content).problems).toBeInstanceOf(Array)
        },
      ),
    )
  })
})
