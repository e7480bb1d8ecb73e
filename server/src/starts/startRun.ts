import type { ApiErrorCode, Overrides } from '@volley/shared/api.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { EarlierMessage } from '@volley/shared/run/events.ts'
import type { Documents } from '../deps.ts'
import type { Engine, EventLog, RunSpec } from '../engine/ports.ts'
import type { Flows } from '../store/flows.ts'
import type { Runs } from '../store/runs.ts'
import { withMocks } from './mockAll.ts'
import { endlessNesting } from './nesting.ts'
import { withOverrides } from './overrides.ts'
import { type FlowSource, findSource } from './source.ts'

export interface StartFault {
  code: Extract<ApiErrorCode, 'not_found' | 'unprocessable' | 'conflict'>
  message: string
  problems?: Problem[]
}

export interface StartRequest extends FlowSource {
  input: string
  variables?: Record<string, string>
  overrides?: Overrides
  batch?: RunSpec['batch'] & object
  trial?: true
  messages?: EarlierMessage[]
}

export interface StartNeeds {
  documents: Documents
  flows: Flows
  engine: Engine
  runId(): string
  runs: Runs
  log: Pick<EventLog, 'read'>
}

/** Begins a run of a document or a saved flow. What is wrong with the request is found before anything is stored. */
export async function startRun(
  { input, variables, overrides, batch, trial, messages, ...source }: StartRequest,
  { documents, flows, engine, runId, runs, log }: StartNeeds,
  startKey?: NonNullable<RunSpec['startKey']>,
): Promise<Result<string, StartFault>> {
  const found = await findSource(source, flows)
  if (!found.ok) return found
  const { document, origin } = found.value
  const flow = documents.parse(overrides ? withOverrides(document, overrides) : document)
  if (!flow.ok) return err({ code: 'unprocessable', message: 'The flow cannot be run as it is.', problems: flow.error })
  const endless = await endlessNesting(flow.value, origin, flows)
  if (endless) return err({ code: 'unprocessable', message: endless.message, problems: [endless] })
  const spec: RunSpec = {
    runId: runId(),
    flow: overrides?.mockAll ? await withMocks(flow.value, origin, { runs, log }) : flow.value,
    origin,
    input,
    variables: { ...flow.value.agent.variables, ...variables },
    ...(batch ? { batch } : {}),
    ...(trial ? { trial } : {}),
    ...(messages?.length ? { messages } : {}),
    ...(overrides?.mockAll ? { mocked: true } : {}),
    ...(startKey ? { startKey } : {}),
  }
  await engine.start(spec)
  return ok(spec.runId)
}
