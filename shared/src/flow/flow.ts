import { z } from 'zod'

export const FLOW_FORMAT = 'volley.flow/1'
export const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/
export const PARALLELISMS = ['serial', 'batch', 'graph'] as const
export const RUN_KINDS = ['http', 'code', 'mcp', 'flow', 'mock'] as const
export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

const milliseconds = z.number().int().min(0).max(86_400_000)
const positiveMilliseconds = z.number().int().min(1).max(86_400_000)
const jsonValue = z.json()
const jsonObject = z.record(z.string(), jsonValue)
const point = z.strictObject({ x: z.number(), y: z.number() })

const scriptedTurn = z.strictObject({
  text: z.string().exactOptional(),
  calls: z.array(z.strictObject({ tool: z.string(), arguments: jsonObject.exactOptional() })).exactOptional(),
})

const settings = z.strictObject({
  temperature: z.number().min(0).max(2).exactOptional(),
  maxOutputTokens: z.number().int().min(1).exactOptional(),
  toolChoice: z.enum(['auto', 'required', 'none']).exactOptional(),
  script: z.array(scriptedTurn).exactOptional(),
  pace: z
    .strictObject({ firstTokenMs: milliseconds.exactOptional(), callMs: milliseconds.exactOptional() })
    .exactOptional(),
})

const limits = z.strictObject({
  turns: z.number().int().min(1).max(1000).exactOptional(),
  calls: z.number().int().min(1).max(100_000).exactOptional(),
  callsPerTurn: z.number().int().min(1).max(10_000).exactOptional(),
  concurrency: z.number().int().min(1).max(10_000).exactOptional(),
  timeoutMs: positiveMilliseconds.exactOptional(),
  idleMs: positiveMilliseconds.exactOptional(),
})

const agent = z.strictObject({
  provider: z.string().min(1),
  model: z.string().min(1),
  system: z.string().exactOptional(),
  variables: z.record(z.string(), z.string()).exactOptional(),
  parallelism: z.enum(PARALLELISMS).exactOptional(),
  settings: settings.exactOptional(),
  limits: limits.exactOptional(),
})

const mockOutcome = {
  result: jsonValue.exactOptional(),
  latencyMs: milliseconds.exactOptional(),
  error: z.string().exactOptional(),
  hang: z.boolean().exactOptional(),
}

export const httpRunSchema = z.strictObject({
  kind: z.literal('http'),
  method: z.enum(HTTP_METHODS).exactOptional(),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).exactOptional(),
  body: jsonValue.exactOptional(),
  select: z.string().exactOptional(),
})
export const codeRunSchema = z.strictObject({ kind: z.literal('code'), source: z.string() })
export const mcpRunSchema = z.strictObject({
  kind: z.literal('mcp'),
  server: z.string().min(1),
  tool: z.string().min(1),
})
export const flowRunSchema = z.strictObject({ kind: z.literal('flow'), flow: z.string().min(1) })
export const mockRunSchema = z.strictObject({
  kind: z.literal('mock'),
  ...mockOutcome,
  cases: z.array(z.strictObject({ when: jsonObject, ...mockOutcome })).exactOptional(),
})
const runSchema = z.discriminatedUnion('kind', [
  httpRunSchema,
  codeRunSchema,
  mcpRunSchema,
  flowRunSchema,
  mockRunSchema,
])

const annotations = z.strictObject({
  title: z.string().exactOptional(),
  readOnlyHint: z.boolean().exactOptional(),
  idempotentHint: z.boolean().exactOptional(),
  destructiveHint: z.boolean().exactOptional(),
  openWorldHint: z.boolean().exactOptional(),
})

const policy = z.strictObject({
  timeoutMs: positiveMilliseconds.exactOptional(),
  retries: z.number().int().min(0).max(20).exactOptional(),
  concurrency: z.number().int().min(1).max(10_000).exactOptional(),
  exclusive: z.string().min(1).exactOptional(),
  cache: z.enum(['off', 'run']).exactOptional(),
  approval: z.enum(['never', 'always']).exactOptional(),
  maxResultChars: z.number().int().min(1).max(100_000_000).exactOptional(),
})

const tool = z.strictObject({
  name: z.string().regex(TOOL_NAME, 'must be 1 to 64 letters, digits, "_" or "-"'),
  description: z.string().exactOptional(),
  parameters: z.record(z.string(), jsonValue),
  run: runSchema,
  annotations: annotations.exactOptional(),
  policy: policy.exactOptional(),
})

const edge = z.strictObject({
  from: z.string(),
  to: z.string(),
  kind: z.enum(['order', 'data']),
  map: z.record(z.string(), z.string()).exactOptional(),
  onFailure: z.enum(['skip', 'continue']).exactOptional(),
})

const note = z.strictObject({ id: z.string().min(1), x: z.number(), y: z.number(), text: z.string() })

/**
 * The saved document (contract 2), checked for shape alone. What its parts must mean to each other is checked in `check.ts`.
 * Lists and maps that were left out come out empty; every other default is given by `defaults.ts`, so that a document that is
 * saved, exported and compared stays as small as its author wrote it.
 */
export const flowSchema = z.strictObject({
  format: z.literal(FLOW_FORMAT),
  name: z.string().min(1).max(200),
  description: z.string().default(''),
  agent,
  tools: z.array(tool).default([]),
  edges: z.array(edge).default([]),
  layout: z.record(z.string(), point).default({}),
  notes: z.array(note).default([]),
})

export type FlowDocument = z.input<typeof flowSchema>
export type Flow = z.output<typeof flowSchema>
export type Agent = Flow['agent']
export type Tool = Flow['tools'][number]
export type ToolRun = Tool['run']
export type RunKind = ToolRun['kind']
export type HttpRun = z.output<typeof httpRunSchema>
export type MockRun = z.output<typeof mockRunSchema>
export type Edge = Flow['edges'][number]
export type Note = Flow['notes'][number]
export type Point = z.output<typeof point>
export type Parallelism = (typeof PARALLELISMS)[number]
export type ModelSettings = z.output<typeof settings>
export type ScriptedTurn = z.output<typeof scriptedTurn>
export type Annotations = z.output<typeof annotations>
