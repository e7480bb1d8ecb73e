import { isObject } from '@volley/shared/lib/json.ts'
import type { StopReason, Usage } from '@volley/shared/run/events.ts'
import type { ModelEvent } from '../../engine/ports.ts'
import { brokenOff, errorEvent } from '../problems.ts'
import { type Assembler, argumentsTextOf, countOf, idOf, listOf, objectOf, textOf } from './assembler.ts'
import { createCallQueue, type OpenCall } from './callQueue.ts'

// The Anthropic Messages stream. What is kept here:
// 1. A call's arguments are complete at its `content_block_stop`.
// 2. At the token limit the provider stops a half-written block just as a whole one. So a stopped block whose JSON has not closed
//    (an empty one, too) is held until the next event tells whether the model went on or was cut.
// 3. `server_tool_use` and its results are the provider's own: no calls for us, but it wants them back with the message.

/** One block of the message as it goes back: `text` and `call` stand for the message's own text and its nth call. */
export type AnthropicEchoBlock =
  | { kind: 'text'; text: string }
  | { kind: 'call'; call: number; caller?: unknown }
  | { kind: 'block'; block: Record<string, unknown> }

/** What the provider needs back with the message, in the order it came. */
export interface AnthropicEcho {
  provider: 'anthropic'
  blocks: AnthropicEchoBlock[]
}

interface OpenBlock {
  type: string
  block: Record<string, unknown>
  call?: OpenCall
  callNumber?: number
  texts: string[]
  signatures: string[]
  json: string[]
  citations: unknown[]
  stopped: boolean
}

/** Assembles an Anthropic Messages stream; `label` names the provider in problems. */
export function createAnthropicAssembler(label: string): Assembler {
  const queue = createCallQueue()
  const open = new Map<unknown, OpenBlock>()
  const blocks: OpenBlock[] = []
  let held: OpenCall | undefined
  let usage: Record<string, unknown> = {}
  let stop: { reason: string; details: unknown } | undefined
  let over = false

  const start = (event: Record<string, unknown>): ModelEvent[] => {
    const block = objectOf(event.content_block)
    const opened: OpenBlock = {
      type: textOf(block.type),
      block,
      texts: [],
      signatures: [],
      json: [],
      citations: [],
      stopped: false,
    }
    open.set(event.index, opened)
    blocks.push(opened)
    if (opened.type === 'tool_use') {
      opened.call = queue.open(idOf(block.id), textOf(block.name))
      opened.callNumber = queue.size()
    }
    const text = opened.type === 'text' ? textOf(block.text) : ''
    if (text === '') return []
    opened.texts.push(text)
    return [{ type: 'text', text }]
  }
  const change = (event: Record<string, unknown>): ModelEvent[] => {
    const block = open.get(event.index)
    const delta = objectOf(event.delta)
    if (!block || block.stopped) return []
    const { type } = delta
    if (type === 'input_json_delta') {
      const piece = textOf(delta.partial_json)
      if (block.call) queue.write(block.call, piece)
      else block.json.push(piece)
    } else if (type === 'text_delta' && textOf(delta.text) !== '') {
      block.texts.push(textOf(delta.text))
      return [{ type: 'text', text: textOf(delta.text) }]
    } else if (type === 'thinking_delta') block.texts.push(textOf(delta.thinking))
    else if (type === 'signature_delta') block.signatures.push(textOf(delta.signature))
    else if (type === 'citations_delta') block.citations.push(delta.citation)
    return []
  }
  const stopBlock = (event: Record<string, unknown>): ModelEvent[] => {
    const block = open.get(event.index)
    if (!block || block.stopped) return []
    block.stopped = true
    const { call } = block
    if (!call) return []
    // Some servers give the whole input with the block's start.
    if (call.pieces.length === 0 && isObject(block.block.input) && Object.keys(block.block.input).length > 0)
      queue.write(call, argumentsTextOf(block.block.input))
    const state = call.scan.state()
    if (state === 'closed' || state === 'spoiled') call.settled = true
    else held = call
    return queue.give()
  }
  /** The model went on after a block that looked unfinished: so it was finished. */
  const release = (): ModelEvent[] => {
    if (!held) return []
    held.settled = true
    held = undefined
    return queue.give()
  }
  const finished = (): ModelEvent[] => {
    over = true
    const hasCalls = queue.size() > 0
    const stopReason = stopReasonOf(stop?.reason ?? '', hasCalls)
    const reason =
      stopReason === 'refusal' || stopReason === 'filter' ? reasonOf(stop?.details, stop?.reason ?? '') : ''
    const echo = echoOf(blocks)
    return [
      ...queue.finish((call) => isWell(stopReason) && call.scan.state() === 'closed'),
      {
        type: 'finished',
        stopReason,
        usage: usageOf(usage),
        ...(reason === '' ? {} : { reason }),
        ...(echo ? { echo } : {}),
      },
    ]
  }

  return {
    isOver: () => over,
    isEnding: () => stop !== undefined,
    push(event, name) {
      if (over || !isObject(event)) return []
      const type = textOf(event.type) || name
      if (type === 'message_start') usage = mergeUsage(usage, objectOf(event.message).usage)
      else if (type === 'content_block_start') return [...release(), ...start(event)]
      else if (type === 'content_block_delta') return change(event)
      else if (type === 'content_block_stop') return stopBlock(event)
      else if (type === 'message_delta') {
        usage = mergeUsage(usage, event.usage)
        const delta = objectOf(event.delta)
        if (typeof delta.stop_reason === 'string') stop = { reason: delta.stop_reason, details: delta.stop_details }
        if (isWell(stopReasonOf(stop?.reason ?? '', false))) return release()
      } else if (type === 'message_stop') {
        if (stop) return finished()
        over = true
        return [brokenOff(label)]
      } else if (type === 'error') {
        over = true
        return [errorEvent(label, event.error ?? event)]
      }
      return []
    },
    end() {
      if (over) return []
      if (stop) return finished()
      over = true
      return [brokenOff(label)]
    },
  }
}

const STOPS: Record<string, StopReason> = {
  end_turn: 'end',
  stop_sequence: 'end',
  tool_use: 'calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refusal',
}

function stopReasonOf(reason: string, hasCalls: boolean): StopReason {
  const known = (Object.hasOwn(STOPS, reason) ? STOPS[reason] : undefined) ?? 'other'
  if (known === 'end' || known === 'calls') return hasCalls ? 'calls' : 'end'
  return known
}

/** Whether the model stopped of its own accord, so that nothing of the message is missing. */
function isWell(stopReason: StopReason): boolean {
  return stopReason === 'end' || stopReason === 'calls'
}

function reasonOf(details: unknown, fallback: string): string {
  const { explanation, category } = objectOf(details)
  return textOf(explanation) || textOf(category) || fallback
}

/** Later figures replace earlier ones: they are totals, not additions. */
function mergeUsage(before: Record<string, unknown>, later: unknown): Record<string, unknown> {
  const known = Object.entries(objectOf(later)).filter(([, value]) => countOf(value) !== undefined)
  return { ...before, ...Object.fromEntries(known) }
}

/** What came from or went into the cache is part of the input, which this provider counts apart. */
function usageOf(usage: Record<string, unknown>): Usage {
  const cached = countOf(usage.cache_read_input_tokens)
  const input = countOf(usage.input_tokens) ?? 0
  return {
    inputTokens: input + (cached ?? 0) + (countOf(usage.cache_creation_input_tokens) ?? 0),
    outputTokens: countOf(usage.output_tokens) ?? 0,
    ...(cached === undefined ? {} : { cachedTokens: cached }),
  }
}

/** Present only where a plain list of text and calls would lose something. */
function echoOf(blocks: readonly OpenBlock[]): AnthropicEcho | undefined {
  const plain = (block: OpenBlock) => block.type === 'text' || (block.call && !isProgrammatic(block))
  if (blocks.every(plain)) return undefined
  return { provider: 'anthropic', blocks: blocks.flatMap((block) => echoBlock(block) ?? []) }
}

function isProgrammatic({ block }: OpenBlock): boolean {
  return isObject(block.caller) && block.caller.type !== 'direct'
}

function echoBlock(open: OpenBlock): AnthropicEchoBlock | undefined {
  const { block, type } = open
  if (open.callNumber !== undefined)
    return { kind: 'call', call: open.callNumber, ...(isProgrammatic(open) ? { caller: block.caller } : {}) }
  const text = open.texts.join('')
  if (type === 'text') return { kind: 'text', text }
  // A thought whose signature never came is refused by the provider, so it is left out.
  const signature = open.signatures.join('') || textOf(block.signature)
  if (type === 'thinking')
    return signature === ''
      ? undefined
      : { kind: 'block', block: { type, thinking: text || textOf(block.thinking), signature } }
  if (!open.stopped) return undefined
  const json = open.json.join('')
  const input = json === '' ? block.input : parsedOrUndefined(json)
  if (type === 'server_tool_use' || type === 'mcp_tool_use')
    return isObject(input) ? { kind: 'block', block: { ...block, input } } : undefined
  return { kind: 'block', block: listOf(open.citations).length > 0 ? { ...block, citations: open.citations } : block }
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
