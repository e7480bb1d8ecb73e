import type {
  ExportFormat,
  ImportAnswer,
  ImportRequest,
  McpToolList,
  NetworkRules,
  ServerInfo,
} from '@volley/shared/api.ts'
import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import type { Result } from '@volley/shared/lib/result.ts'
import type { Audit } from './audit/audit.ts'
import type { ConnectionReader, Connections } from './connections/connections.ts'
import type { Engine, EventLog, Exchanges, Models, Prices, WorkingEngine } from './engine/ports.ts'
import type { Env } from './env.ts'
import type { Evals } from './evals/evals.ts'
import type { Access } from './http/access.ts'
import type { Page } from './http/page.ts'
import type { SharedLimits } from './limits/limitStore.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { PriceTable } from './prices/prices.ts'
import type { RetentionKeeper } from './retention/retention.ts'
import type { Redaction } from './secrets/redact.ts'
import type { Secrets } from './secrets/secrets.ts'
import type { DataSets } from './store/dataSets.ts'
import type { Evals as EvalRows } from './store/evals.ts'
import type { ExchangeRows } from './store/exchanges.ts'
import type { Flows } from './store/flows.ts'
import type { RunDigests } from './store/runDigests.ts'
import type { Runs } from './store/runs.ts'
import type { EndedRun } from './telemetry/spansOfRun.ts'
import type { Telemetry } from './telemetry/telemetry.ts'
import type { ApiTokens } from './tokens/tokens.ts'
import type { Mcp } from './tools/mcp.ts'
import type { OwnTools } from './tools/own.ts'
import type { Sandbox } from './tools/sandbox/sandbox.ts'

/** All that the HTTP interface works with. */
export interface Deps {
  version: string
  access: Access
  page: Page
  /** The folder of the examples that are offered when nothing is saved. */
  examplesFolder: string
  documents: Documents
  models: DescribedModels
  prices: PriceTable
  network: NetworkRules
  engine: Engine
  /** Where the code of tools runs and is read. */
  sandbox: Pick<Sandbox, 'checkSource'>
  secrets: Secrets
  connections: Connections
  /** The tools of the MCP server behind a connection, as it lists them; else why it does not. */
  listMcpTools(connection: string): Promise<Result<McpToolList['tools'], string>>
  audit: Audit
  /** Puts `***` in the place of every secret in a value. */
  hide: Redaction['json']
  retention: RetentionKeeper
  tokens: ApiTokens
  evals: Evals
  store: {
    flows: Flows
    runs: Runs
    digests: RunDigests
    log: EventLog
    exchanges: Pick<ExchangeRows, 'list'>
    dataSets: DataSets
    evals: EvalRows
  }
  log: Logger
  /** A new run's id: unguessable, sorted by time. */
  runId(): string
  metrics: Pick<Metrics, 'read'>
  /** Whether the store answers. */
  isStoreThere(): Promise<boolean>
  /** Aborts when the server stops: open streams end. */
  stopping: AbortSignal
}

/** What is done with flow documents beside saving and running them. */
export interface Documents {
  /** Reads a JSON value as a flow; all faults together. */
  parse(value: unknown): Result<Flow, Problem[]>
  /** The flow's tools as the tool array of that format; the document itself for `volley`. */
  export(flow: Flow, format: ExportFormat): unknown
  /** The request of a tool for these arguments as a command for a shell, secrets as variables; null for what is no request. */
  curl(tool: Tool, given: Record<string, unknown>): string | null
  /** Reads a document or a tool list of another format as a flow. Nothing is run, fetched or saved. */
  import(content: string, options?: Omit<ImportRequest, 'content'>): ImportAnswer
}

export interface DescribedModels extends Models {
  describe(): ServerInfo['providers'] | Promise<ServerInfo['providers']>
}

export interface TelemetryNeeds {
  env: Env
  logger: Logger
  hide: Redaction['json']
  /** A run that has ended; null for one that is not there. */
  read(runId: string): Promise<EndedRun | null>
}

/** The parts that `serve` and `run` are built of: which ones are real is said in `parts.ts` alone. */
export interface Parts {
  documents: Documents
  createModels(env: Env): DescribedModels
  /** Starts and reaches nothing before it is used. */
  createMcp(needs: { connections: ConnectionReader; redaction: Redaction; ownPort: number | null }): Mcp
  /** Starts nothing before the first call; whoever made it closes it. */
  createSandbox(needs: { env: Env; logger: Logger; ownPort: number | null }): Sandbox
  /** Null where nothing is to be sent anywhere. */
  createTelemetry(needs: TelemetryNeeds): Promise<Telemetry | null>
  createEngine(needs: {
    env: Env
    models: Models
    prices: Prices
    sandbox: Sandbox
    log: EventLog
    logger: Logger
    secrets: Pick<Secrets, 'get'>
    connections: ConnectionReader
    redaction: Redaction
    audit: Pick<Audit, 'note'>
    mcp: Pick<Mcp, 'attempt'>
    /** The port this server listens on, which no tool may reach; null on the command line. */
    ownPort: number | null
    /** Functions of this process in place of the document's tools; none but where a program gives them. */
    ownTools?: OwnTools
    /** What is saved beside the log; null on the command line, where nothing is. */
    saved: { flows: Pick<Flows, 'get'>; runs: Pick<Runs, 'spec'>; exchanges: Exchanges } | null
    /** What limits over all servers are kept in; left out where there is one server. */
    sharedLimits?: SharedLimits | undefined
    /** A started run is stored alone: a queue says which server takes it up. */
    handsOver?: boolean
  }): WorkingEngine
}
