import type { Replay } from '@volley/shared/api.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { RunSpec } from '../engine/ports.ts'
import { withMocks } from './mockAll.ts'
import { endlessNesting } from './nesting.ts'
import { withOverrides } from './overrides.ts'
import type { StartFault, StartNeeds } from './startRun.ts'

/** Begins a run with the input, variables and calls of an earlier one, and what that one recorded in place of live parts. */
export async function replayRun(
  of: string,
  { flow: given, overrides, tools, model }: Replay,
  { documents, flows, engine, runId, runs, log }: StartNeeds,
): Promise<Result<string, StartFault>> {
  const before = await runs.spec(of)
  if (!before) return err({ code: 'not_found', message: `There is no run "${of}".` })
  const document = given ?? before.flow
  const flow = documents.parse(overrides ? withOverrides(document, overrides) : document)
  if (!flow.ok) return err({ code: 'unprocessable', message: 'The flow cannot be run as it is.', problems: flow.error })
  const { input, variables, batch } = before
  const origin = given === undefined ? before.origin : { id: null, version: null }
  const endless = await endlessNesting(flow.value, origin, flows)
  if (endless) return err({ code: 'unprocessable', message: endless.message, problems: [endless] })
  const spec: RunSpec = {
    runId: runId(),
    flow: overrides?.mockAll ? await withMocks(flow.value, origin, { runs, log }) : flow.value,
    origin,
    input,
    variables,
    ...(batch ? { batch } : {}),
    replay: { of, tools, model },
    ...(overrides?.mockAll ? { mocked: true } : {}),
  }
  await engine.start(spec)
  return ok(spec.runId)
}
