import { isObject } from '@volley/shared/lib/json.ts'
import { responsesTool } from '@volley/shared/plan/toolForms.ts'
import type OpenAI from 'openai'
import type { Message, ModelRequest, ResultPart } from '../../engine/ports.ts'
import type { ResponsesEchoItem } from '../assemble/openaiResponses.ts'
import { isOpenaiReasoningModel } from '../catalog.ts'
import { checkHistory } from './checkHistory.ts'
import { settingsFor } from './defaults.ts'
import { createLegalIds, legalName } from './legal.ts'

type Body = OpenAI.Responses.ResponseCreateParamsStreaming
type InputItem = OpenAI.Responses.ResponseInputItem
type Assistant = Extract<Message, { role: 'assistant' }>

/** The request in the form of the Responses API. Nothing is stored with the provider: the whole conversation is sent each time. */
export function toOpenaiResponses(request: ModelRequest): Body {
  const { model, system, messages, tools, parallel } = request
  checkHistory(messages)
  const { temperature, maxOutputTokens, toolChoice } = settingsFor(model, request.settings)
  const legalId = createLegalIds()
  const callers = new Map<string, unknown>()
  return {
    model,
    stream: true,
    store: false,
    ...(system === '' ? {} : { instructions: system }),
    input: messages.flatMap((message) => inputItems(message, legalId, callers)),
    max_output_tokens: maxOutputTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(isOpenaiReasoningModel(model) ? { include: ['reasoning.encrypted_content' as const] } : {}),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(responsesTool),
          tool_choice: toolChoice,
          ...(parallel ? {} : { parallel_tool_calls: false }),
        }),
  }
}

function inputItems(message: Message, legalId: (id: string) => string, callers: Map<string, unknown>): InputItem[] {
  if (message.role === 'user') return [{ role: 'user', content: message.text }]
  if (message.role === 'results')
    return message.results.map(({ id, text, parts }) => {
      const given = parts ? parts.filter(saysSomething).map(outputItem) : text
      const output = { type: 'function_call_output' as const, call_id: legalId(id), output: given }
      return callers.has(id) ? Object.assign(output, { caller: callers.get(id) }) : output
    })
  const echo = echoItems(message)
  if (!echo) return plainItems(message, legalId)
  return echo.flatMap((item) => {
    if (item.kind === 'text') return textItems(item.text)
    // It goes back as it came; what it holds is the provider's business.
    if (item.kind === 'item') return [item.item as unknown as InputItem]
    const call = message.calls[item.call - 1]
    if (!call) return []
    if (item.caller !== undefined) callers.set(call.id, item.caller)
    const extras: object = {
      ...(item.itemId ? { id: item.itemId } : {}),
      ...(item.caller === undefined ? {} : { caller: item.caller }),
    }
    return [Object.assign(callItem(call, legalId), extras)]
  })
}

const saysSomething = (part: ResultPart) => part.type === 'picture' || part.text.trim() !== ''

function outputItem(part: ResultPart): OpenAI.Responses.ResponseFunctionCallOutputItem {
  if (part.type === 'text') return { type: 'input_text', text: part.text }
  const { type, data } = part.picture
  // Only still ones are taken, and whether one moves is not known before it is decoded.
  if (type === 'image/gif') return { type: 'input_text', text: part.note }
  return { type: 'input_image', detail: 'auto', image_url: `data:${type};base64,${data}` }
}

function plainItems({ text, calls }: Assistant, legalId: (id: string) => string): InputItem[] {
  return [...textItems(text), ...calls.map((call) => callItem(call, legalId))]
}

function textItems(text: string): InputItem[] {
  return text === '' ? [] : [{ role: 'assistant', content: text }]
}

function callItem({ id, tool, argumentsText }: Assistant['calls'][number], legalId: (id: string) => string) {
  return {
    type: 'function_call' as const,
    call_id: legalId(id),
    name: legalName(tool),
    arguments: argumentsText.trim() === '' ? '{}' : argumentsText,
  }
}

/** The echo of a message, if it is this provider's and names every call once; else the message goes back plainly. */
function echoItems({ echo, calls }: Assistant): ResponsesEchoItem[] | undefined {
  if (!isObject(echo) || echo.provider !== 'openai' || !Array.isArray(echo.items)) return undefined
  const items: ResponsesEchoItem[] = echo.items
  const named = items.flatMap((item) => (item.kind === 'call' ? [item.call] : []))
  return named.length === calls.length && new Set(named).size === calls.length ? items : undefined
}
