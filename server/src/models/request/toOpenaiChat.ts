import { isObject } from '@volley/shared/lib/json.ts'
import { chatTool } from '@volley/shared/plan/toolForms.ts'
import type OpenAI from 'openai'
import type { Message, ModelRequest } from '../../engine/ports.ts'
import type { OpenaiChatEcho } from '../assemble/openaiChat.ts'
import { checkHistory } from './checkHistory.ts'
import { settingsFor } from './defaults.ts'
import { createLegalIds, legalName } from './legal.ts'

type Body = OpenAI.ChatCompletionCreateParamsStreaming
type ChatMessage = OpenAI.ChatCompletionMessageParam

/** The request in the form of Chat Completions. `newLimit`: the endpoint knows `max_completion_tokens`, as OpenAI's own does. */
export function toOpenaiChat(request: ModelRequest, { newLimit }: { newLimit: boolean }): Body {
  const { model, system, messages, tools, parallel } = request
  checkHistory(messages)
  const { temperature, maxOutputTokens, toolChoice } = settingsFor(model, request.settings)
  const legalId = createLegalIds()
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      ...(system === '' ? [] : [{ role: 'system', content: system } as const]),
      ...messages.flatMap((message) => chatMessages(message, legalId)),
    ],
    ...(newLimit ? { max_completion_tokens: maxOutputTokens } : { max_tokens: maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(chatTool),
          tool_choice: toolChoice,
          ...(parallel ? {} : { parallel_tool_calls: false }),
        }),
  }
}

function chatMessages(message: Message, legalId: (id: string) => string): ChatMessage[] {
  if (message.role === 'user') return [{ role: 'user', content: message.text }]
  if (message.role === 'results')
    return message.results.map(({ id, text }) => ({ role: 'tool', tool_call_id: legalId(id), content: text }))
  const { reasoningContent, callExtras } = echoOf(message.echo)
  if (message.calls.length === 0) return [{ role: 'assistant', content: message.text }]
  const assistant: ChatMessage = {
    role: 'assistant',
    content: message.text === '' ? null : message.text,
    tool_calls: message.calls.map(({ id, tool, argumentsText }, at) => ({
      id: legalId(id),
      type: 'function',
      // Text is what this protocol carries, valid or not; empty arguments stand for none.
      function: { name: legalName(tool), arguments: argumentsText.trim() === '' ? '{}' : argumentsText },
      ...extraOf(callExtras, at + 1),
    })),
  }
  return [
    reasoningContent === undefined ? assistant : Object.assign(assistant, { reasoning_content: reasoningContent }),
  ]
}

function extraOf(extras: Record<string, unknown> | undefined, call: number): { extra_content?: unknown } {
  const extra = extras?.[String(call)]
  return extra === undefined ? {} : { extra_content: extra }
}

function echoOf(echo: unknown): Partial<OpenaiChatEcho> {
  if (!isObject(echo) || echo.provider !== 'openai-chat') return {}
  return {
    ...(typeof echo.reasoningContent === 'string' ? { reasoningContent: echo.reasoningContent } : {}),
    ...(isObject(echo.callExtras) ? { callExtras: echo.callExtras } : {}),
  }
}
