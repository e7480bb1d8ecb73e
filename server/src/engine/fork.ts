import { ok } from '@volley/shared/lib/result.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'
import type { Models, RunSpec, ToolRunner } from './ports.ts'
import { recordedModel, recordedOutcome, turnAsked } from './replay.ts'

type Kept = NonNullable<NonNullable<RunSpec['replay']>['kept']>

/**
 * Model and tools of a run that has the first turns of another one again, as they were recorded but for the results that were edited,
 * and goes on live from there. The model says the same in these turns, so that their calls have the same places in both runs: the
 * calls of the kept turns, in order, are the first ones of the new run, whatever became of numbers in between.
 */
export function keptMeans(recorded: RunState, kept: Kept, live: { models: Models; tools: ToolRunner }) {
  const calls = recorded.turns
    .slice(0, kept.turns)
    .flatMap((turn) => turn.calls.map((number) => recorded.calls[number - 1] as CallState))
  const edited = new Map(kept.results.map(({ call, result }) => [call, result]))
  return { models: keptModels(recorded, kept.turns, live.models), tools: keptTools(calls, edited, live.tools) }
}

function keptModels(recorded: RunState, turns: number, live: Models): Models {
  const again = recordedModel(recorded)
  return {
    async find(provider) {
      const found = await live.find(provider)
      if (!found.ok) return found
      return ok({
        stream: (request, signal, tell) =>
          turnAsked(request, recorded) <= turns
            ? again.stream(request, signal, tell)
            : found.value.stream(request, signal, tell),
      })
    },
  }
}

function keptTools(calls: readonly CallState[], edited: ReadonlyMap<number, unknown>, live: ToolRunner): ToolRunner {
  return {
    async run(call, signal) {
      const before = calls[Number(call.idempotencyKey.split(':').at(-1)) - 1]
      if (before?.tool !== call.tool.name) return live.run(call, signal)
      if (edited.has(before.call)) return { ok: true, result: edited.get(before.call) }
      // What was skipped or stopped then has no outcome: now that what it waited for may have one, it is called.
      if (before.status !== 'succeeded' && before.status !== 'failed') return live.run(call, signal)
      return recordedOutcome(before)
    },
  }
}
