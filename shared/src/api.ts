import { z } from 'zod'
import type { FlowDocument } from './flow/flow.ts'
import { PARALLELISMS } from './flow/flow.ts'
import type { Problem } from './flow/problem.ts'
import { earlierMessagesSchema } from './run/earlierMessage.ts'
import type { RunStatus, Summary } from './run/events.ts'
import type { RunProblem } from './run/problem.ts'
import type { FindingCode } from './trace/findings/finding.ts'
import type { RunStats } from './trace/runStats.ts'

// The requests and answers of the HTTP interface (contract 5) that server and page both name.

export const API_ERROR_CODES = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const
export type ApiErrorCode = keyof typeof API_ERROR_CODES

export interface ApiError {
  error: { code: ApiErrorCode; message: string; problems?: Problem[]; id?: string }
}

export interface List<Item> {
  items: Item[]
  cursor?: string
}

export interface SavedFlow {
  id: string
  version: number
  flow: FlowDocument
  createdAt: string
  updatedAt: string
}

export interface FlowVersion {
  version: number
  createdAt: string
  flow?: FlowDocument
  labels: string[]
  /** As who saved it gave it; null where nobody did. */
  author: string | null
  note: string | null
  /** SHA-256 of the document, keys in order, in hex: equal for equal documents. */
  hash: string
}

/** A token of a program, as a list shows it: what it may do is run this one flow. */
export interface ApiTokenEntry {
  id: string
  name: string
  flowId: string
  createdAt: string
  /** To the minute; null when it never was. */
  usedAt: string | null
}
export interface MadeApiToken extends ApiTokenEntry {
  token: string
}
export const makeApiTokenSchema = z.strictObject({ name: z.string().trim().min(1).max(100), flowId: z.string() })

export const servedRunSchema = z.strictObject({
  input: z.string(),
  variables: z.record(z.string(), z.string()).exactOptional(),
})
/** A run as the program sees it that asked for it. */
export interface ServedRun {
  runId: string
  status: RunStatus
  output: string | null
  error: RunProblem | null
}

export interface ValidationAnswer {
  valid: boolean
  problems: Problem[]
}

export const EXPORT_FORMATS = ['volley', 'openai', 'openai-chat', 'anthropic', 'mcp'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
/** A whole flow as a program: text, and no JSON. */
export const PROGRAM_FORMATS = ['typescript'] as const
export type ProgramFormat = (typeof PROGRAM_FORMATS)[number]
export const IMPORT_FORMATS = [...EXPORT_FORMATS, 'openapi'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

export const importRequestSchema = z.strictObject({
  content: z.string(),
  format: z.enum(IMPORT_FORMATS).exactOptional(),
  /** Of an OpenAPI document: the names of the tools to take, out of the `operations` of an earlier answer. All without it. */
  pick: z.array(z.string().max(64)).max(20_000).exactOptional(),
})
export type ImportRequest = z.input<typeof importRequestSchema>
export interface ImportAnswer {
  format: ImportFormat
  flow: FlowDocument | null
  problems: Problem[]
  /** Of an OpenAPI document: every operation in it, picked or not, in its order. */
  operations?: ImportedOperation[]
  /** Secrets that the flow's tools name: each is to be stored before they can be called. */
  secrets?: NeededSecret[]
}

/** An operation of an OpenAPI document. `tool` is null where no tool can be made of it; a problem says why. */
export interface ImportedOperation {
  tool: string | null
  method: string
  path: string
  operationId: string | null
  tags: string[]
  summary: string
  deprecated: boolean
}

/** A secret to fill in: its name, and what belongs there in a sentence. */
export interface NeededSecret {
  name: string
  message: string
}

/** The flow itself is checked apart, so that its problems carry pointers into the document. */
const flowSource = {
  flow: z.unknown().exactOptional(),
  flowId: z.string().exactOptional(),
  version: z.number().int().min(1).exactOptional(),
  label: z.string().exactOptional(),
}

export const overridesSchema = z.strictObject({
  provider: z.string().min(1).exactOptional(),
  model: z.string().min(1).exactOptional(),
  parallelism: z.enum(PARALLELISMS).exactOptional(),
  system: z.string().exactOptional(),
  settings: z.record(z.string(), z.json()).exactOptional(),
  /** Each tool is run by a mock instead: what it last gave, after as long. */
  mockAll: z.boolean().exactOptional(),
})
export type Overrides = z.output<typeof overridesSchema>

export const startRunSchema = z.strictObject({
  ...flowSource,
  input: z.string(),
  variables: z.record(z.string(), z.string()).exactOptional(),
  overrides: overridesSchema.exactOptional(),
  messages: earlierMessagesSchema.exactOptional(),
})
export type StartRun = z.input<typeof startRunSchema>

export const batchCallSchema = z.strictObject({ tool: z.string(), arguments: z.unknown().exactOptional() })
export const startBatchSchema = z.strictObject({ ...flowSource, calls: z.array(batchCallSchema).max(10_000) })
export type StartBatch = z.input<typeof startBatchSchema>

/** One tool tried alone, whatever else its flow holds. The agent is that of the flow, where one is given. */
export const tryToolSchema = z.strictObject({
  tool: z.unknown(),
  arguments: z.record(z.string(), z.unknown()).exactOptional(),
  flow: z.unknown().exactOptional(),
})
export type TryTool = z.input<typeof tryToolSchema>

/** A text as it went over the wire: cut in its middle where it is long, `bytes` of it in all. */
export interface ExchangedText {
  text: string
  bytes: number
  /** Why nothing is kept of it, in a sentence. */
  leftOut?: string
}

/** One request to a model's provider and what came back, without keys and secrets. Kept beside the run's events, as far as there is room. */
export interface Exchange {
  turn: number
  /** 1 for the first time that this turn is asked. */
  attempt: number
  /** When the answer was over, in milliseconds since the run began. */
  at: number
  request: { method: string; url: string; body: ExchangedText }
  /** Null where nothing came back. */
  answer: { status: number; contentType: string; body: ExchangedText } | null
}

/** The conversation of a run as its model was shown it. */
export interface ConversationAnswer {
  system: string
  messages: ShownMessage[]
}

/** `turn` is the one that a message came from; 0 for what was said before and what the run began with. */
export type ShownMessage =
  | { role: 'user'; turn: 0; text: string }
  | { role: 'assistant'; turn: number; text: string; calls: { call: number; tool: string; argumentsText: string }[] }
  | { role: 'results'; turn: number; results: ShownResult[] }

export interface ShownResult {
  call: number
  tool: string
  text: string
  isError: boolean
  /** How many characters the model was not shown. */
  cut: number
  /** Pictures that went along, where the protocol takes them. */
  pictures: number
}

/** A call's request as a command for a shell. */
export interface CurlAnswer {
  curl: string
}

export interface RunStarted {
  runId: string
}

/** A run in a list: the record without its turns and calls. */
export interface RunListItem {
  id: string
  flow: { id: string | null; name: string; version: number | null }
  status: RunStatus
  input: string
  provider: string
  model: string
  createdAt: string
  finishedAt: string | null
  summary: Summary | null
  /** Null while it runs, and where it is not known. */
  costUsd: number | null
  /** The call of another run that this run is the work of. */
  parent?: { run: string; call: number }
  /** One tool tried alone. */
  trial?: true
  /** Every tool was replaced by a mock. */
  mocked?: true
  /** The eval it was made for. */
  eval?: string
  /** What its trace says, and how often; empty until the run was looked through, moments after its end. */
  findings: { code: FindingCode; count: number }[]
}

/** Which runs are meant: those that all given parts let through. */
export interface RunFilter {
  flowId?: string | undefined
  /** The name of a flow that was never saved. */
  flowName?: string | undefined
  version?: number | undefined
  status?: RunStatus | undefined
  model?: string | undefined
  /** A tool that was called in it. */
  tool?: string | undefined
  /** A finding its trace has. */
  finding?: FindingCode | undefined
  /** Runs that began at or after this moment, ISO 8601 in UTC. */
  from?: string | undefined
  /** Runs that began before this moment. */
  to?: string | undefined
  /** Runs made for this eval; without it those made for none. */
  evalId?: string | undefined
}

/** What runs can be filtered by: each value that occurs, and in how many runs. */
export interface RunFacets {
  /** There are more runs, and only so many were looked through, the newest. */
  ofNewest?: number
  /** By id; flows that were never saved by their name alone. */
  flows: { id: string | null; name: string; runs: number }[]
  /** Of the one flow that was asked for, newest first. */
  versions: { version: number; runs: number }[]
  models: { model: string; runs: number }[]
  tools: { tool: string; runs: number }[]
  findings: { code: FindingCode; runs: number }[]
}

/** The numbers of the newest finished runs that a filter lets through; `total` counts all it lets through. */
export interface RunStatsAnswer extends RunStats {
  total: number
}

export const MODEL_KINDS = ['openai-chat', 'openai', 'anthropic'] as const
/** What a model endpoint speaks. */
export type ModelKind = (typeof MODEL_KINDS)[number]

/** Values that may be secret: what may be shown of each, null for one that may not. */
export type HiddenValues = Record<string, string | null>

/**
 * A connection as a list shows it: never a key, a header's value or a variable that may be a secret. `hash` names its exact content, which
 * is what an approval is for.
 */
export interface ConnectionEntry {
  name: string
  kind: ModelKind | 'mcp'
  hash: string
  /** Always true but for a command that no person has approved as it is now. */
  approved: boolean
  baseUrl?: string
  /** Left out where there is none. */
  apiKey?: string | null
  url?: string
  headers?: HiddenValues
  command?: string
  args?: string[]
  cwd?: string
  env?: HiddenValues
  createdAt: string
  updatedAt: string
}

/** What one round trip to a connection's server came to: how many models or tools it offers, or why it does not work. */
export type ConnectionTest = { ok: true; models?: number; tools?: number } | { ok: false; message: string }

/** An MCP server's tools as it lists them, and the hash of all that each says of itself, by its name. */
export interface McpToolList {
  tools: { name: string; inputSchema: Record<string, unknown>; [key: string]: unknown }[]
  hashes: Record<string, string>
}

/** What the page needs to know of the server it talks to. */
export interface ServerInfo {
  version: string
  /** Providers that can answer now; `reason` says what is missing where one cannot. */
  providers: { name: string; label: string; available: boolean; reason?: string; models: readonly string[] }[]
  network: NetworkRules
}

/** What tools may reach beside public addresses: set where the server is started, and nowhere else. */
export interface NetworkRules {
  /** Hosts, host:port, addresses and ranges that are reached although private. */
  exceptions: string[]
  /** Whether the code of tools has a `fetch`, by the same rules. */
  codeFetch: boolean
}

/** What an example is about; the gallery is filtered by it. */
export const EXAMPLE_TOPICS = ['together', 'waiting', 'safety', 'tools'] as const
export type ExampleTopic = (typeof EXAMPLE_TOPICS)[number]

/** An example flow offered when nothing is saved. */
export interface Example {
  id: string
  title: string
  summary: string
  prompt: string
  topics: readonly ExampleTopic[]
  flow: FlowDocument
}

export const draftRequestSchema = z.strictObject({
  /** What the agent should do, in a person's words. */
  prompt: z.string().trim().min(1).max(4000),
  /** Who drafts, and answers in the flow: a provider or a connection. */
  provider: z.string().min(1).default('simulated'),
  /** Left out: the first model the provider is known to have. */
  model: z.string().min(1).max(200).exactOptional(),
})
export type DraftRequest = z.input<typeof draftRequestSchema>

/** A drafted flow. Nothing of it is saved or was run; `problems` tell what of the model's sketch was changed or left out. */
export interface DraftAnswer {
  flow: FlowDocument
  /** A first message to try it with. */
  prompt: string
  problems: Problem[]
  /** Whether no real model was asked. */
  simulated: boolean
}

export const replaySchema = z.strictObject({
  flow: z.unknown().optional(),
  overrides: overridesSchema.exactOptional(),
  tools: z.enum(['live', 'recorded']),
  model: z.enum(['live', 'recorded']),
})
export type Replay = z.input<typeof replaySchema>

/** The first turns of a run again, as recorded but for these results, and live from there. */
export const forkSchema = z.strictObject({
  turns: z.number().int().min(1),
  results: z
    .array(z.strictObject({ call: z.number().int().min(1), result: z.json() }))
    .max(1000)
    .exactOptional(),
  overrides: overridesSchema.exactOptional(),
})
export type Fork = z.input<typeof forkSchema>

export const checkCodeSchema = z.strictObject({ source: z.string() })

/** What keeps a source from being a code tool; line and column from 1. */
export interface CodeProblem {
  line: number
  column: number
  message: string
}

export interface CheckCodeAnswer {
  problems: CodeProblem[]
}

export const approvalSchema = z.strictObject({ approve: z.boolean(), reason: z.string().max(2000).exactOptional() })
export type Approval = z.input<typeof approvalSchema>
