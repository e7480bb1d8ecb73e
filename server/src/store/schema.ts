import type { EvalStatus } from '@volley/shared/evals/api.ts'
import type { RunStatus } from '@volley/shared/run/events.ts'
import type { Generated } from 'kysely'

// The tables, as kysely sees them. JSON stands in TEXT columns: database JSON types refuse `\u0000`, which tool results contain.
// Times of people are ISO 8601 text in UTC; times inside a run are milliseconds since it began.

export interface RunTable {
  id: string
  status: RunStatus
  /** The whole `RunSpec` as JSON: what is needed to begin the run again from its log. */
  spec: string
  flow_id: string | null
  flow_name: string
  flow_version: number | null
  provider: string
  model: string
  input: string
  /** The number of the last stored event; an append must go on right after it. */
  last_seq: number
  /** Which process may append: every append carries the epoch it was given, and one that was superseded changes nothing. */
  owner: string | null
  owner_epoch: number
  created_at: string
  finished_at: string | null
  /** The eval it was made for; lists of runs leave such runs out. */
  eval_id: string | null
  /** 1 once a person asked for it; its owner looks. */
  cancel_requested: Generated<number>
  /** How many owners in a row were lost while they had it. */
  deaths: Generated<number>
}

export interface EventTable {
  run_id: string
  seq: number
  epoch: number
  type: string
  /** The fields of the event beside `seq`, `type` and `at`, as JSON. */
  data: string
  at: number
}

export interface FlowTable {
  id: string
  /** The newest version. */
  version: number
  created_at: string
  updated_at: string
}

export interface FlowVersionTable {
  flow_id: string
  version: number
  /** The document as JSON, as its author wrote it. */
  document: string
  created_at: string
  author: string | null
  note: string | null
  /** SHA-256 of the document, keys in order, in hex. */
  hash: string
}

export interface LabelTable {
  flow_id: string
  label: string
  version: number
}

export interface IdempotencyKeyTable {
  key: string
  body_hash: string
  run_id: string
  created_at: string
}

export interface SecretTable {
  name: string
  /** The value, encrypted. */
  sealed: string
  /** The origins it may be sent to, as a JSON list; null for no limit. */
  origins: string | null
  created_at: string
  updated_at: string
}

export interface ConnectionTable {
  name: string
  kind: string
  /** What may be shown, as JSON. */
  content: string
  /** Keys and the values of headers and environment, as JSON, encrypted. */
  sealed: string
  hash: string
  /** The hash that a person approved; it counts while it is the hash of the content. */
  approved_hash: string | null
  created_at: string
  updated_at: string
}

export interface AuditTable {
  id: Generated<number>
  at: string
  what: string
  detail: string
}

export interface PriceTable {
  provider: string
  model: string
  /** The price as JSON. */
  price: string
  updated_at: string
}

/** What was worked out of a finished run, to filter and count by; it can be worked out again from the log. */
export interface RunDigestTable {
  run_id: string
  /** By which rules. */
  version: number
  elapsed_ms: number
  cost_usd: number | null
  calls_per_turn: number
  turns: number
  calls: number
  failed_calls: number
  input_tokens: number
  output_tokens: number
}

export interface RunToolTable {
  run_id: string
  tool: string
  calls: number
  failed: number
  timed: number
  total_ms: number
}

export interface RunFindingTable {
  run_id: string
  code: string
  count: number
  cost_ms: number
}

export interface SettingTable {
  name: string
  /** As JSON. */
  value: string
  updated_at: string
}

export interface ApiTokenTable {
  id: string
  name: string
  flow_id: string
  /** SHA-256 of the token, in hex. */
  hash: string
  created_at: string
  used_at: string | null
}

export interface ExchangeTable {
  id: Generated<number>
  run_id: string
  /** An `Exchange` as JSON. */
  data: string
}

export interface DataSetTable {
  id: string
  name: string
  description: string
  created_at: string
  updated_at: string
}

export interface DataSetCaseTable {
  data_set_id: string
  case_id: string
  /** Orders the cases of a set. */
  place: number
  /** The `TestCase` as JSON. */
  data: string
}

export interface EvalTable {
  id: string
  name: string
  status: EvalStatus
  error: string | null
  flow_id: string
  flow_name: string
  data_set_id: string
  data_set_name: string
  /** The `EvalSpec` as JSON: what is needed to go on, whatever becomes of flow and data set. */
  spec: string
  /** The cases as they were when it began, as a JSON list. */
  cases: string
  case_count: number
  /** The number of its newest result: none is given twice, also when runs are made anew. */
  last_seq: number
  /** The numbers of each variant as a JSON list, once it has ended. */
  summaries: string | null
  created_at: string
  finished_at: string | null
}

/** A run of an eval: begun, and scored once `seq` is there. */
export interface EvalResultTable {
  eval_id: string
  variant: number
  case_id: string
  repeat: number
  /** Null where no run could begin. */
  run_id: string | null
  /** Counts the scored ones in the order they came. */
  seq: number | null
  /** Whether the run succeeded: 0 or 1. */
  succeeded: number | null
  cost_usd: number | null
  duration_ms: number | null
  /** What it was worth as JSON: `StoredScore`. */
  result: string | null
}

/** A person's decision on its way to the owner of a run. */
export interface DecisionTable {
  run_id: string
  call: number
  /** 0 or 1. */
  approve: number
  reason: string | null
}

export interface Tables {
  run: RunTable
  event: EventTable
  exchange: ExchangeTable
  flow: FlowTable
  flow_version: FlowVersionTable
  label: LabelTable
  idempotency_key: IdempotencyKeyTable
  secret: SecretTable
  connection: ConnectionTable
  audit: AuditTable
  price: PriceTable
  run_digest: RunDigestTable
  run_tool: RunToolTable
  run_finding: RunFindingTable
  setting: SettingTable
  api_token: ApiTokenTable
  data_set: DataSetTable
  data_set_case: DataSetCaseTable
  eval: EvalTable
  decision: DecisionTable
  eval_result: EvalResultTable
}
