import { z } from 'zod'

export const FLOW_FORMAT = 'volley.flow/1'
export const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/
export const PARALLELISMS = ['serial', 'batch', 'graph'] as const
export const RUN_KINDS = ['http', 'code', 'mcp', 'flow', 'mock'] as const
export const GROUP_COLORS = ['blue', 'green', 'amber', 'violet'] as const
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
  temperature: z.number().min(0).max(2).describe("Left out: the provider's own default.").exactOptional(),
  maxOutputTokens: z.number().int().min(1).exactOptional(),
  toolChoice: z
    .enum(['auto', 'required', 'none'])
    .describe('required: every turn must call a tool; none: no turn may.')
    .exactOptional(),
  script: z.array(scriptedTurn).describe('simulated: the turns it plays instead of planning its own.').exactOptional(),
  pace: z
    .strictObject({ firstTokenMs: milliseconds.exactOptional(), callMs: milliseconds.exactOptional() })
    .exactOptional(),
})

const limits = z.strictObject({
  turns: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .describe('Turns after which one last turn is asked for without tools.')
    .exactOptional(),
  calls: z.number().int().min(1).max(100_000).describe('Calls of the whole run; those beyond fail.').exactOptional(),
  callsPerTurn: z.number().int().min(1).max(10_000).describe('Calls of one turn; those beyond fail.').exactOptional(),
  concurrency: z.number().int().min(1).max(10_000).describe('Calls that may run at the same time.').exactOptional(),
  timeoutMs: positiveMilliseconds.describe('Time for the whole run.').exactOptional(),
  idleMs: positiveMilliseconds
    .describe('Time a model may send nothing before its turn is asked again.')
    .exactOptional(),
})

const agent = z.strictObject({
  provider: z
    .string()
    .min(1)
    .describe(
      'simulated, openai (Responses API), openai-chat (Chat Completions), anthropic, or the name of a connection.',
    ),
  model: z.string().min(1).describe("The model's name, as its provider knows it."),
  system: z.string().describe('Instructions for the model. {{name}} stands for a variable.').exactOptional(),
  variables: z.record(z.string(), z.string()).describe('Values of variables that a run may replace.').exactOptional(),
  parallelism: z
    .enum(PARALLELISMS)
    .describe(
      'serial: one call a turn. batch: parallel calls, ordered by the edges. graph: also references between calls of one turn.',
    )
    .exactOptional(),
  settings: settings.exactOptional(),
  limits: limits.exactOptional(),
})

const mockOutcome = {
  result: jsonValue.describe('What a call gets. {{name}} stands for an argument.').exactOptional(),
  latencyMs: milliseconds.describe('How long a call takes.').exactOptional(),
  error: z.string().describe('The call fails with this message.').exactOptional(),
  hang: z.boolean().describe('The call never ends by itself.').exactOptional(),
}

export const httpRunSchema = z.strictObject({
  kind: z.literal('http'),
  method: z.enum(HTTP_METHODS).exactOptional(),
  url: z
    .string()
    .min(1)
    .describe('A whole address. {{name}} stands for an argument, percent-encoded; never in the host.'),
  headers: z
    .record(z.string(), z.string())
    .describe('{{name}} stands for an argument, {{secret.NAME}} for a stored secret.')
    .exactOptional(),
  body: jsonValue
    .describe(
      "Any JSON. A text that is one placeholder keeps the argument's type. Left out: the arguments that no placeholder uses.",
    )
    .exactOptional(),
  select: z.string().describe('A JMESPath expression: the part of the answer that is the result.').exactOptional(),
})
export const codeRunSchema = z.strictObject({
  kind: z.literal('code'),
  source: z.string().describe('JavaScript that runs in a sandbox: export default async (args) => …'),
})
export const mcpRunSchema = z.strictObject({
  kind: z.literal('mcp'),
  server: z.string().min(1).describe('The name of a connection to an MCP server.'),
  tool: z.string().min(1),
})
export const flowRunSchema = z.strictObject({
  kind: z.literal('flow'),
  flow: z
    .string()
    .min(1)
    .describe('The id of a saved flow. Its input is the argument input, its result the final text.'),
})
export const mockRunSchema = z.strictObject({
  kind: z.literal('mock'),
  ...mockOutcome,
  cases: z
    .array(z.strictObject({ when: jsonObject, ...mockOutcome }))
    .describe('The first case whose "when" equals the arguments named in it wins.')
    .exactOptional(),
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
  readOnlyHint: z.boolean().describe('A call changes nothing: it may start early and be tried again.').exactOptional(),
  idempotentHint: z.boolean().describe('Equal calls have the effect of one: it may be tried again.').exactOptional(),
  destructiveHint: z.boolean().describe('A call may delete or overwrite. True unless said otherwise.').exactOptional(),
  openWorldHint: z.boolean().exactOptional(),
})

const policy = z.strictObject({
  timeoutMs: positiveMilliseconds.describe('Time for each attempt.').exactOptional(),
  retries: z
    .number()
    .int()
    .min(0)
    .max(20)
    .describe('Attempts after the first, on time-outs, network faults, 429 and 5xx; for tools with a hint alone.')
    .exactOptional(),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .describe('Calls of this tool at the same time, over all runs of the flow and all servers.')
    .exactOptional(),
  rate: z
    .strictObject({
      limit: z.number().int().min(1).max(1000).describe('So many calls may begin.'),
      perMs: positiveMilliseconds.describe('In any stretch of time of this length.'),
    })
    .describe('How often calls of this tool may begin, over all runs of the flow and all servers.')
    .exactOptional(),
  exclusive: z
    .string()
    .min(1)
    .describe('Calls with the same key run one at a time. {{name}} stands for an argument.')
    .exactOptional(),
  cache: z.enum(['off', 'run']).describe('run: equal calls of a run execute once.').exactOptional(),
  approval: z.enum(['never', 'always']).describe('always: a call waits until a person decides.').exactOptional(),
  maxResultChars: z
    .number()
    .int()
    .min(1)
    .max(100_000_000)
    .describe('A longer result is cut for the model; the trace keeps it whole.')
    .exactOptional(),
})

const tool = z.strictObject({
  name: z.string().regex(TOOL_NAME, 'must be 1 to 64 letters, digits, "_" or "-"').describe('Unique in the flow.'),
  description: z.string().describe('What the model reads to decide on a call.').exactOptional(),
  parameters: z.record(z.string(), jsonValue).describe('A JSON Schema of an object.'),
  run: runSchema,
  annotations: annotations.exactOptional(),
  policy: policy.exactOptional(),
})

const edge = z.strictObject({
  from: z.string().describe('The tool whose calls come first.'),
  to: z.string().describe('The tool whose calls wait.'),
  kind: z.enum(['order', 'data']).describe('order: calls wait. data: they may also take values from results.'),
  map: z
    .record(z.string(), z.string())
    .describe('Which parameters of "to" are filled from a result of "from", each by a path into it.')
    .exactOptional(),
  onFailure: z
    .enum(['skip', 'continue'])
    .describe('What becomes of waiting calls when one they wait for fails.')
    .exactOptional(),
})

const noteSide = z.number().min(40).max(4000)
const note = z.strictObject({
  id: z.string().min(1),
  x: z.number(),
  y: z.number(),
  text: z.string().describe('Simple Markdown.'),
  width: noteSide.describe('Left out: the usual width.').exactOptional(),
  height: noteSide.describe('Left out: as high as its text.').exactOptional(),
})

const group = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1).max(200),
  tools: z.array(z.string()).describe('The tools that its frame surrounds; each tool is in one group at most.'),
  color: z.enum(GROUP_COLORS).describe('The colour of its frame. Left out: grey.').exactOptional(),
})

/**
 * The saved document (contract 2), checked for shape alone. What its parts must mean to each other is checked in `check.ts`.
 * Lists and maps that were left out come out empty; every other default is given by `defaults.ts`, so that a document that is
 * saved, exported and compared stays as small as its author wrote it.
 */
export const flowSchema = z
  .strictObject({
    format: z.literal(FLOW_FORMAT),
    name: z.string().min(1).max(200),
    description: z.string().default(''),
    agent: agent.describe('Who answers: a model, its instructions and its limits.'),
    tools: z.array(tool).describe('The functions offered to the model.').default([]),
    edges: z.array(edge).describe('What depends on what: "to" depends on "from".').default([]),
    layout: z.record(z.string(), point).describe('Places on the canvas, by tool; "agent" is the agent.').default({}),
    notes: z.array(note).describe('Texts on the canvas.').default([]),
    groups: z
      .array(group)
      .describe('Frames around tools on the canvas. They mean nothing to the agent.')
      .exactOptional(),
  })
  .meta({
    title: 'Volley flow',
    description: 'One agent, its tools, the edges between them, and the layout of the canvas.',
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
export type Group = NonNullable<Flow['groups']>[number]
export type Point = z.output<typeof point>
export type Parallelism = (typeof PARALLELISMS)[number]
export type ModelSettings = z.output<typeof settings>
export type ScriptedTurn = z.output<typeof scriptedTurn>
export type Annotations = z.output<typeof annotations>
