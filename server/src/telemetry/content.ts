import type { Flow } from '@volley/shared/flow/flow.ts'
import { systemForModel } from '@volley/shared/plan/modelView.ts'
import type { CallState, RunState, TurnState } from '@volley/shared/run/state.ts'
import { conversationOf } from '../engine/conversation.ts'
import type { Message, RunSpec } from '../engine/ports.ts'
import { FINISH_REASONS } from './finishReasons.ts'
import type { Attributes } from './span.ts'

// Messages, arguments and results in the form that the conventions give them, as JSON texts. What is read off the log holds no secret.

/** The conversation that turn `before` was asked with, and what `output` answered. */
export function messagesOf(
  run: RunState,
  flow: Flow,
  { before, output }: { before: number; output: TurnState | undefined },
): Attributes {
  const asked = conversationOf({ ...run, turns: run.turns.slice(0, before - 1) }, flow)
  return {
    'gen_ai.input.messages': JSON.stringify(asked.map(toMessage)),
    ...(output ? { 'gen_ai.output.messages': JSON.stringify([outputOf(run, output)]) } : {}),
  }
}

export function systemInstructions(
  { flow, variables }: Pick<RunSpec, 'flow' | 'variables'>,
  hide: <Value>(value: Value) => Value,
): Attributes {
  const content = hide(systemForModel(flow, variables))
  return content === '' ? {} : { 'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content }]) }
}

/** The arguments as the call was made with, references resolved; else as the model wrote them. */
export function argumentsAndResult(call: CallState): Attributes {
  return {
    'gen_ai.tool.call.arguments': asText(call.startedAt === null ? call.emittedArguments : call.arguments),
    ...(call.status === 'succeeded' ? { 'gen_ai.tool.call.result': asText(call.result) } : {}),
  }
}

function toMessage(message: Message) {
  if (message.role === 'user') return { role: 'user', parts: [textPart(message.text)] }
  if (message.role === 'results')
    return {
      role: 'tool',
      parts: message.results.map(({ id, text }) => ({ type: 'tool_call_response', id, response: text })),
    }
  return {
    role: 'assistant',
    parts: [
      ...(message.text === '' ? [] : [textPart(message.text)]),
      ...message.calls.map(({ id, tool, argumentsText }) => ({
        type: 'tool_call',
        id,
        name: tool,
        arguments: parsed(argumentsText),
      })),
    ],
  }
}

function outputOf(run: RunState, turn: TurnState) {
  const calls = turn.calls.map((number) => run.calls[number - 1] as CallState)
  return {
    role: 'assistant',
    parts: [
      ...(turn.text === '' ? [] : [textPart(turn.text)]),
      ...calls.map((call) => ({ type: 'tool_call', id: call.id, name: call.tool, arguments: call.emittedArguments })),
    ],
    finish_reason: turn.stopReason === null ? 'error' : FINISH_REASONS[turn.stopReason],
  }
}

const textPart = (content: string) => ({ type: 'text', content })
const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
