import { DEFAULT_POLICY, policyOf } from '@volley/shared/flow/defaults.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { emittedText } from '@volley/shared/run/argumentsText.ts'
import type { EarlierMessage } from '@volley/shared/run/events.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { cutText } from './cutText.ts'
import type { Message, ResultForModel } from './ports.ts'
import { picturesOf, resultParts } from './resultParts.ts'

/**
 * The conversation so far, read off the run: what was said before, the input, then of every finished turn what the model said and one result for each of its
 * calls, in emission order. Ids are made unique where a provider repeated one.
 */
export function conversationOf(run: RunState, flow: Flow): Message[] {
  const messages: Message[] = [...(run.messages ?? []).map(saidBefore), { role: 'user', text: run.input }]
  const taken = new Set<string>()
  const tools = new Map(flow.tools.map((tool) => [tool.name, tool]))
  const pictures = picturesOf(countingCalls(run).filter((call) => tools.get(call.tool)?.run.kind === 'mcp'))
  const resultOf = (call: CallState, id: string): ResultForModel => {
    const tool = tools.get(call.tool)
    const { maxResultChars } = tool ? policyOf(tool) : DEFAULT_POLICY
    const parts = resultParts(call, pictures, maxResultChars)
    return {
      id,
      tool: call.tool,
      text: resultText(call, maxResultChars),
      isError: call.status !== 'succeeded',
      ...(parts ? { parts } : {}),
    }
  }
  for (const turn of run.turns) {
    if (turn.finishedAt === null) continue
    const calls = turn.calls.map((number) => run.calls[number - 1] as CallState)
    const ids = calls.map((call) => uniqueId(call, taken))
    messages.push({
      role: 'assistant',
      text: turn.text,
      calls: calls.map((call, index) => ({
        id: ids[index] as string,
        tool: call.tool,
        argumentsText: emittedText(call),
      })),
      ...(turn.echo === undefined ? {} : { echo: turn.echo }),
    })
    if (calls.length === 0) continue
    messages.push({ role: 'results', results: calls.map((call, index) => resultOf(call, ids[index] as string)) })
  }
  return messages
}

const saidBefore = ({ role, text }: EarlierMessage): Message =>
  role === 'user' ? { role, text } : { role, text, calls: [] }

/** The calls whose results the model is given, oldest first. */
const countingCalls = (run: RunState) =>
  run.turns.flatMap((turn) =>
    turn.finishedAt === null ? [] : turn.calls.map((number) => run.calls[number - 1] as CallState),
  )

/** What the model is told of a call: its result, text as it is and JSON compact, cut at the limit with a note; or its error. */
export function resultText(call: Pick<CallState, 'status' | 'result' | 'error' | 'shown'>, maxChars: number): string {
  if (call.status !== 'succeeded')
    return `Error (${call.error?.code ?? 'internal'}): ${call.error?.message ?? 'no reason is known'}`
  const text = call.shown ?? (typeof call.result === 'string' ? call.result : JSON.stringify(call.result))
  return text.length <= maxChars ? text : cutText(text, maxChars)
}

/** A provider takes at most 64 characters, each id once. */
function uniqueId(call: CallState, taken: Set<string>): string {
  const given = call.id === '' ? `call_${call.call}` : call.id
  let id = given
  for (let n = 2; taken.has(id); n++) id = `${given.slice(0, 56)}_${n}`
  taken.add(id)
  return id
}
