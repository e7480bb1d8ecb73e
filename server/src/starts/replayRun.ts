import type { Fork, Overrides, Replay } from '@volley/shared/api.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { type RunState, runFromEvents } from '@volley/shared/run/state.ts'
import type { RunSpec } from '../engine/ports.ts'
import { withMocks } from './mockAll.ts'
import { endlessNesting } from './nesting.ts'
import { withOverrides } from './overrides.ts'
import type { StartFault, StartNeeds } from './startRun.ts'

type Started = Promise<Result<string, StartFault>>

/** Begins a run with the input, variables and calls of an earlier one, and what that one recorded in place of live parts. */
export async function replayRun(of: string, { flow, overrides, tools, model }: Replay, needs: StartNeeds): Started {
  const before = await needs.runs.spec(of)
  if (!before) return err(noRun(of))
  return again(before, { flow, overrides, replay: { of, tools, model } }, needs)
}

/** Begins a run that has the first turns of an earlier one again, as recorded but for edited results, and goes on live from there. */
export async function forkRun(of: string, { turns, results = [], overrides }: Fork, needs: StartNeeds): Started {
  const before = await needs.runs.spec(of)
  if (!before) return err(noRun(of))
  const fault = forkFault(runFromEvents(await needs.log.read(of, 0)), before, { turns, results })
  if (fault !== null) return err({ code: 'unprocessable', message: fault })
  const replay = { of, tools: 'live', model: 'live', kept: { turns, results } } as const
  return again(before, { overrides, replay }, needs)
}

async function again(
  before: RunSpec,
  {
    flow: given,
    overrides,
    replay,
  }: { flow?: unknown; overrides: Overrides | undefined; replay: NonNullable<RunSpec['replay']> },
  { documents, flows, engine, runId, runs, log }: StartNeeds,
): Started {
  const document = given ?? before.flow
  const flow = documents.parse(overrides ? withOverrides(document, overrides) : document)
  if (!flow.ok) return err({ code: 'unprocessable', message: 'The flow cannot be run as it is.', problems: flow.error })
  const { input, variables, batch, messages } = before
  const origin = given === undefined ? before.origin : { id: null, version: null }
  const endless = await endlessNesting(flow.value, origin, flows)
  if (endless) return err({ code: 'unprocessable', message: endless.message, problems: [endless] })
  const spec: RunSpec = {
    runId: runId(),
    flow: overrides?.mockAll ? await withMocks(flow.value, origin, { runs, log }) : flow.value,
    origin,
    input,
    variables,
    ...(messages ? { messages } : {}),
    ...(batch ? { batch } : {}),
    replay,
    ...(overrides?.mockAll ? { mocked: true } : {}),
  }
  await engine.start(spec)
  return ok(spec.runId)
}

const noRun = (of: string): StartFault => ({ code: 'not_found', message: `There is no run "${of}".` })

/** Why a run cannot be forked there, in a sentence; null when it can. */
function forkFault(run: RunState, { batch }: RunSpec, { turns, results }: Required<Pick<Fork, 'turns' | 'results'>>) {
  if (batch) return `Run ${run.id} is a volley written by hand: it has no model's turns to keep.`
  const ended = run.turns.filter((turn) => turn.finishedAt !== null)
  if (turns > ended.length)
    return `Run ${run.id} has ${ended.length === 1 ? 'one turn that has ended' : `${ended.length} turns that have ended`}: ${turns} cannot be kept.`
  const last = ended[turns - 1]
  if (last?.calls.length === 0)
    return `Turn ${turns} of run ${run.id} is its answer: nothing would follow it. Keep fewer turns.`
  const kept = new Set(ended.slice(0, turns).flatMap((turn) => turn.calls))
  const strange = results.find(({ call }) => !kept.has(call))
  return strange ? `Call ${strange.call} is in none of the kept turns, so its result cannot be edited.` : null
}
