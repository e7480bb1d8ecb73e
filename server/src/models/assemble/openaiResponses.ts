import { isObject } from '@volley/shared/lib/json.ts'
import type { StopReason, Usage } from '@volley/shared/run/events.ts'
import type { ModelEvent } from '../../engine/ports.ts'
import { brokenOff, errorEvent } from '../problems.ts'
import { type Assembler, argumentsTextOf, countOf, idOf, listOf, objectOf, textOf } from './assembler.ts'
import { createCallQueue } from './callQueue.ts'
import { createItems, type Item } from './responseItems.ts'

// The Responses stream. What is kept here:
// 1. A call's arguments are complete at `response.function_call_arguments.done`; where their JSON has not closed then, or that event
//    never comes, at `response.output_item.done` unless the item says that it is incomplete.
// 2. Only `function_call` items are for us. Everything else that looks like a tool (web search, MCP, code …) the provider ran itself.
// 3. A server that sends nothing but the completed response is read from that.

/** One item of the message as it goes back: `text` and `call` stand for the message's own text and its nth call. */
export type ResponsesEchoItem =
  | { kind: 'text'; text: string }
  | { kind: 'call'; call: number; itemId?: string; caller?: unknown }
  | { kind: 'item'; item: Record<string, unknown> }

/** What the provider needs back with the message, in the order it came. */
export interface ResponsesEcho {
  provider: 'openai'
  items: ResponsesEchoItem[]
}

/** Assembles a Responses stream; `label` names the provider in problems. */
export function createOpenaiResponsesAssembler(label: string): Assembler {
  const queue = createCallQueue()
  const items = createItems()
  const refusal: string[] = []
  let over = false

  const add = (event: Record<string, unknown>): Item => {
    const raw = objectOf(event.item)
    const item = items.add(event, raw)
    if (item.type === 'function_call') {
      item.call = queue.open(idOf(raw.call_id), textOf(raw.name))
      item.callNumber = queue.size()
    }
    return item
  }
  const completeArguments = (event: Record<string, unknown>): ModelEvent[] => {
    const call = items.find(event)?.call
    if (!call || call.given || call.settled) return []
    call.tool ||= textOf(event.name)
    takeWhole(call, event.arguments)
    const state = call.scan.state()
    if (call.tool !== '' && (state === 'closed' || state === 'spoiled')) call.settled = true
    return queue.give()
  }
  const takeWhole = (call: NonNullable<Item['call']>, whole: unknown) => {
    const text = argumentsTextOf(whole)
    // The provider's last word on the arguments stands over their pieces.
    if (text === '' || queue.textOf(call) === text) return
    queue.rewrite(call, text)
  }
  const completeItem = (event: Record<string, unknown>): ModelEvent[] => {
    const raw = objectOf(event.item)
    const known = items.find({ item_id: raw.id, output_index: event.output_index })
    if (known?.done && isSameItem(known.raw, raw)) return []
    const item = known && !known.done ? known : add(event)
    item.raw = raw
    item.done = true
    const text: ModelEvent[] = item.type === 'message' && item.texts.length === 0 ? wholeMessage(item, raw) : []
    const { call } = item
    if (call && !call.settled) {
      call.id ??= idOf(raw.call_id)
      call.tool ||= textOf(raw.name)
      takeWhole(call, raw.arguments)
      if (raw.status !== 'incomplete') call.settled = true
    }
    return [...text, ...queue.give()]
  }
  const wholeMessage = (item: Item, raw: Record<string, unknown>): ModelEvent[] => {
    const events: ModelEvent[] = []
    for (const part of listOf(raw.content).map(objectOf)) {
      if (part.type === 'refusal' && refusal.length === 0) refusal.push(textOf(part.refusal))
      if (part.type !== 'output_text' || textOf(part.text) === '') continue
      item.texts.push(textOf(part.text))
      events.push({ type: 'text', text: textOf(part.text) })
    }
    return events
  }
  const finished = (response: Record<string, unknown>, incomplete: boolean): ModelEvent[] => {
    const late: ModelEvent[] = []
    if (items.isEmpty())
      for (const [at, item] of listOf(response.output).entries())
        if (isObject(item)) for (const said of completeItem({ item, output_index: at })) late.push(said)
    over = true
    const why = textOf(objectOf(response.incomplete_details).reason)
    const stopReason = incomplete
      ? stopReasonOf(why)
      : refusal.length > 0
        ? 'refusal'
        : queue.size() > 0
          ? 'calls'
          : 'end'
    const reason =
      stopReason === 'refusal' ? refusal.join('') : stopReason === 'filter' || stopReason === 'other' ? why : ''
    const echo = echoOf(items.all())
    return [
      ...late,
      ...queue.finish((call) => !incomplete && (call.scan.state() === 'closed' || call.scan.state() === 'spoiled')),
      {
        type: 'finished',
        stopReason,
        usage: usageOf(response.usage),
        ...(reason === '' ? {} : { reason }),
        ...(echo ? { echo } : {}),
      },
    ]
  }

  return {
    isOver: () => over,
    isEnding: () => false,
    push(event, name) {
      if (over || !isObject(event)) return []
      const response = objectOf(event.response)
      switch (textOf(event.type) || name) {
        case 'response.output_item.added':
          add(event)
          return []
        case 'response.output_item.done':
          return completeItem(event)
        case 'response.function_call_arguments.delta': {
          const call = items.find(event)?.call
          if (call && !call.settled) queue.write(call, textOf(event.delta))
          return []
        }
        case 'response.function_call_arguments.done':
          return completeArguments(event)
        case 'response.output_text.delta': {
          const text = textOf(event.delta)
          if (text === '') return []
          const item = items.find(event) ?? items.add(event, { type: 'message', id: event.item_id })
          item.texts.push(text)
          return [{ type: 'text', text }]
        }
        case 'response.refusal.delta':
          refusal.push(textOf(event.delta))
          return []
        case 'response.completed':
          return finished(response, false)
        case 'response.incomplete':
          return finished(response, true)
        case 'response.failed':
        case 'response.cancelled':
          over = true
          return [errorEvent(label, response.error ?? 'the response was cancelled')]
        case 'error':
          over = true
          return [errorEvent(label, event.error ?? event)]
        default:
          return []
      }
    },
    end() {
      if (over) return []
      over = true
      return [brokenOff(label)]
    },
  }
}

/** Whether an item that ends a second time is the same one told of twice. */
function isSameItem(before: Record<string, unknown>, again: Record<string, unknown>): boolean {
  return ['id', 'call_id', 'name', 'arguments'].every((field) => before[field] === again[field])
}

function stopReasonOf(reason: string): StopReason {
  if (reason === 'max_output_tokens' || reason === 'max_tokens') return 'length'
  return reason === 'content_filter' ? 'filter' : 'other'
}

function usageOf(usage: unknown): Usage {
  const { input_tokens, output_tokens, input_tokens_details } = objectOf(usage)
  const cached = countOf(objectOf(input_tokens_details).cached_tokens)
  return {
    inputTokens: countOf(input_tokens) ?? 0,
    outputTokens: countOf(output_tokens) ?? 0,
    ...(cached === undefined ? {} : { cachedTokens: cached }),
  }
}

/** Present only where a plain list of text and calls would lose something. */
function echoOf(items: readonly Item[]): ResponsesEcho | undefined {
  const kept = items.map(echoItem).filter((item) => item !== undefined)
  const needed = kept.some((item) => item.kind === 'item' || (item.kind === 'call' && item.caller !== undefined))
  return needed ? { provider: 'openai', items: kept } : undefined
}

function echoItem(item: Item): ResponsesEchoItem | undefined {
  const { raw, type } = item
  if (item.callNumber !== undefined) {
    const itemId = idOf(raw.id)
    const programmatic = isObject(raw.caller) && raw.caller.type !== 'direct'
    return {
      kind: 'call',
      call: item.callNumber,
      ...(itemId === null ? {} : { itemId }),
      ...(programmatic ? { caller: raw.caller } : {}),
    }
  }
  if (type === 'message') return { kind: 'text', text: item.texts.join('') }
  if (!item.done) return undefined
  // Nothing is stored with the provider, so a thought goes back only as the sealed text it gave us.
  if (type === 'reasoning')
    return idOf(raw.encrypted_content) === null ? undefined : { kind: 'item', item: reasoningOf(raw) }
  return RAN_ITSELF.has(type) ? { kind: 'item', item: raw } : undefined
}

function reasoningOf({ id, summary, content, encrypted_content }: Record<string, unknown>): Record<string, unknown> {
  return {
    type: 'reasoning',
    ...(id === undefined ? {} : { id }),
    summary: listOf(summary),
    ...(Array.isArray(content) && content.length > 0 ? { content } : {}),
    encrypted_content,
  }
}

/** Work the provider did itself, whole in one item, that may go back as it came. */
const RAN_ITSELF = new Set([
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'mcp_call',
  'mcp_list_tools',
  'program',
  'program_output',
  'compaction',
])
