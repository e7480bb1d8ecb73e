import type { Finding } from '../trace/findings/finding.ts'
import type { Summary, Usage } from './events.ts'
import type { Price } from './price.ts'
import type { RunProblem } from './problem.ts'
import type { CallState, RunState, TurnState } from './state.ts'

export type RecordTurn = Omit<TurnState, 'echo'>
export type RecordCall = Omit<CallState, 'outstanding'>

/** A run as `GET /runs/:id` and `volley run --json` show it: read off the events, nothing stored beside them. */
export interface RunRecord {
  id: string
  flow: RunState['flow']
  status: RunState['status']
  input: string
  output: string | null
  error: RunProblem | null
  parallelism: RunState['parallelism']
  provider: string
  model: string
  /** The call of another run that this run is the work of. */
  parent?: NonNullable<RunState['parent']>
  /** One tool tried alone. */
  trial?: true
  /** Every tool was replaced by a mock. */
  mocked?: true
  /** The eval it was made for. */
  eval?: string
  /** What user and agent had said before, in turn. */
  messages?: NonNullable<RunState['messages']>
  /** The run whose first turns this one has again, from their record. */
  forked?: NonNullable<RunState['forked']>
  turns: RecordTurn[]
  calls: RecordCall[]
  usage: Usage
  costUsd: number | null
  /** The price that the cost was counted with, as it was when the run ended. */
  price?: Price
  summary: Summary | null
  findings: Finding[]
}

export function recordOf(run: RunState, findings: readonly Finding[] = []): RunRecord {
  return {
    id: run.id,
    flow: run.flow,
    status: run.status,
    input: run.input,
    output: run.output,
    error: run.error,
    parallelism: run.parallelism,
    provider: run.provider,
    model: run.model,
    ...(run.parent ? { parent: run.parent } : {}),
    ...(run.trial ? { trial: run.trial } : {}),
    ...(run.mocked ? { mocked: run.mocked } : {}),
    ...(run.eval ? { eval: run.eval } : {}),
    ...(run.messages ? { messages: run.messages } : {}),
    ...(run.forked ? { forked: run.forked } : {}),
    turns: run.turns.map(({ echo: _echo, ...turn }) => turn),
    calls: run.calls.map(({ outstanding: _outstanding, ...call }) => call),
    usage: run.usage,
    costUsd: run.costUsd,
    ...(run.price ? { price: run.price } : {}),
    summary: run.summary,
    findings: [...findings],
  }
}
