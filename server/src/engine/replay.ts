import { canonicalJson } from '@volley/shared/lib/json.ts'
import { emittedText } from '@volley/shared/run/argumentsText.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'
import type { Model, ModelEvent, ModelRequest, ToolOutcome, ToolRunner } from './ports.ts'

// What an earlier run recorded, in place of the live parts. Nothing here reaches a provider or a tool.

/** A model that says again, turn by turn, what the recorded run's model said; at once, since its pace is not what is asked. */
export function recordedModel(run: RunState): Model {
  return {
    async *stream(request): AsyncGenerator<ModelEvent> {
      const number = turnAsked(request, run)
      const turn = run.turns[number - 1]
      if (!turn || turn.stopReason === null) {
        const message = `The recorded run ${run.id} has no turn ${number}: its model never said what comes next. Replay with "model": "live".`
        yield { type: 'broken', problem: { code: 'not_recorded', message }, retry: false }
        return
      }
      if (turn.text !== '') yield { type: 'text', text: turn.text }
      for (const call of turn.calls.map((number) => run.calls[number - 1] as CallState)) {
        const complete = call.error?.code !== 'truncated'
        yield { type: 'call', id: call.id, tool: call.tool, argumentsText: emittedText(call), complete }
      }
      yield {
        type: 'finished',
        stopReason: turn.stopReason,
        usage: turn.usage,
        ...(turn.echo === undefined ? {} : { echo: turn.echo }),
      }
    },
  }
}

/** The number of the turn that is asked for: every message of the agent is a turn, but for those of before the run. */
export function turnAsked({ messages }: ModelRequest, { messages: before = [] }: RunState): number {
  const said = (all: readonly { role: string }[]) => all.filter(({ role }) => role === 'assistant').length
  return said(messages) - said(before) + 1
}

/**
 * Tools that give the recorded results: for equal tool and arguments the recorded calls in their order, the last one again where there
 * were fewer. What was not recorded fails; it is never executed.
 */
export function recordedTools(run: RunState): ToolRunner {
  const recorded = Map.groupBy(
    run.calls.filter((call) => call.startedAt !== null && (call.status === 'succeeded' || call.status === 'failed')),
    (call) => keyOf(call.tool, call.arguments),
  )
  const given = new Map<string, number>()
  return {
    async run({ tool, arguments: args }) {
      const key = keyOf(tool.name, args)
      const calls = recorded.get(key)
      if (!calls) {
        const message = `The recorded run ${run.id} has no result of ${tool.name} for these arguments. Replay with "tools": "live".`
        return { ok: false, code: 'tool_error', message, retry: false }
      }
      const nth = given.get(key) ?? 0
      given.set(key, nth + 1)
      return recordedOutcome(calls[Math.min(nth, calls.length - 1)] as CallState)
    },
  }
}

/** How a recorded call ended, as its tool told it. */
export function recordedOutcome(call: CallState): ToolOutcome {
  if (call.error) return { ok: false, code: call.error.code, message: call.error.message, retry: false }
  return { ok: true, result: call.result, ...(call.shown === undefined ? {} : { shown: call.shown }) }
}

const keyOf = (tool: string, args: unknown) => `${tool} ${canonicalJson(args)}`
