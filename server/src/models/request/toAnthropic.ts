import type Anthropic from '@anthropic-ai/sdk'
import { isObject } from '@volley/shared/lib/json.ts'
import { anthropicTool } from '@volley/shared/plan/toolForms.ts'
import type { Message, ModelRequest, ResultPart } from '../../engine/ports.ts'
import type { AnthropicEchoBlock } from '../assemble/anthropic.ts'
import { checkHistory } from './checkHistory.ts'
import { settingsFor } from './defaults.ts'
import { argumentsObject, createLegalIds, legalName } from './legal.ts'

type Body = Anthropic.MessageCreateParamsStreaming
type Param = Anthropic.MessageParam
type Block = Anthropic.ContentBlockParam
type Assistant = Extract<Message, { role: 'assistant' }>

/** The request in the form of the Messages API. */
export function toAnthropic(request: ModelRequest): Body {
  const { model, system, messages, tools, parallel } = request
  checkHistory(messages)
  const { temperature, maxOutputTokens, toolChoice } = settingsFor(model, request.settings)
  const body: Body = {
    model,
    stream: true,
    max_tokens: maxOutputTokens,
    ...(system === '' ? {} : { system }),
    messages: messageParams(messages),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(anthropicTool),
          tool_choice: choiceOf(toolChoice, parallel),
        }),
  }
  // This provider's scale ends at 1. Its current models take none at all, so its types do not know the field.
  return temperature === undefined ? body : Object.assign(body, { temperature: Math.min(1, temperature) })
}

function choiceOf(toolChoice: 'auto' | 'required' | 'none', parallel: boolean): Anthropic.ToolChoice {
  if (toolChoice === 'none') return { type: 'none' }
  const type = toolChoice === 'required' ? 'any' : 'auto'
  return parallel ? { type } : { type, disable_parallel_tool_use: true }
}

/** One message for the user and one for the model in turns; the results of calls come first in theirs, as the provider asks. */
function messageParams(messages: readonly Message[]): Param[] {
  const legalId = createLegalIds()
  const params: { role: 'user' | 'assistant'; content: Block[] }[] = []
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const content = blocksOf(message, legalId)
    const last = params.at(-1)
    if (last?.role === role) last.content.push(...content)
    else if (content.length > 0) params.push({ role, content })
  }
  return params
}

function blocksOf(message: Message, legalId: (id: string) => string): Block[] {
  if (message.role === 'user') return [{ type: 'text', text: message.text === '' ? '(no input)' : message.text }]
  if (message.role === 'results')
    return message.results.map(({ id, text, isError, parts }) => ({
      type: 'tool_result',
      tool_use_id: legalId(id),
      content: parts ? parts.flatMap(resultBlocks) : text,
      ...(isError ? { is_error: true } : {}),
    }))
  const echo = echoBlocks(message)
  if (!echo) return [...textBlocks(message.text), ...message.calls.map((call) => callBlock(call, legalId))]
  return echo.flatMap((block): Block[] => {
    if (block.kind === 'text') return textBlocks(block.text)
    // It goes back as it came; what it holds is the provider's business.
    if (block.kind === 'block') return [block.block as unknown as Block]
    const call = message.calls[block.call - 1]
    if (!call) return []
    const caller: object = block.caller === undefined ? {} : { caller: block.caller }
    return [Object.assign(callBlock(call, legalId), caller)]
  })
}

function resultBlocks(part: ResultPart): (Anthropic.TextBlockParam | Anthropic.ImageBlockParam)[] {
  if (part.type === 'text') return textBlocks(part.text)
  const { type, data } = part.picture
  return [{ type: 'image', source: { type: 'base64', media_type: type, data } }]
}

function callBlock({ id, tool, argumentsText }: Assistant['calls'][number], legalId: (id: string) => string) {
  return { type: 'tool_use' as const, id: legalId(id), name: legalName(tool), input: argumentsObject(argumentsText) }
}

/** A text of white space alone is refused by the provider. */
function textBlocks(text: string): Anthropic.TextBlockParam[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }]
}

/** The echo of a message, if it is this provider's and names every call once; else the message goes back plainly. */
function echoBlocks({ echo, calls }: Assistant): AnthropicEchoBlock[] | undefined {
  if (!isObject(echo) || echo.provider !== 'anthropic' || !Array.isArray(echo.blocks)) return undefined
  const blocks: AnthropicEchoBlock[] = echo.blocks
  const named = blocks.flatMap((block) => (block.kind === 'call' ? [block.call] : []))
  return named.length === calls.length && new Set(named).size === calls.length ? blocks : undefined
}
