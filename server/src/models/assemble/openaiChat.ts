import { isObject } from '@volley/shared/lib/json.ts'
import type { StopReason, Usage } from '@volley/shared/run/events.ts'
import { NO_USAGE } from '@volley/shared/run/usage.ts'
import type { ModelEvent } from '../../engine/ports.ts'
import { brokenOff, errorEvent } from '../problems.ts'
import { type Assembler, argumentsTextOf, countOf, idOf, listOf, objectOf, textOf } from './assembler.ts'
import { createCallQueue, type OpenCall } from './callQueue.ts'

// The Chat Completions stream. What is kept here:
// 1. A call's arguments are complete when their JSON closes. The first chunk of a later index does not make them so, because servers
//    interleave the pieces of parallel calls; a call whose JSON never closes is complete when the message ends well.
// 2. White space after the closed JSON means nothing. Other text cannot be un-given: the call is `spoiled` at the end of the message,
//    so that it fails instead of being wrong. (Text in the same chunk spoils the call before it is given.)
// 3. Indexes and ids are names, not places: a Map's keys. Either may be missing, repeated, sparse or huge.

/** What the provider needs back with the message, beside its text and its calls. */
export interface OpenaiChatEcho {
  provider: 'openai-chat'
  /** Fields that compatible servers want to see again: thoughts, and by position what they hung on the calls. */
  reasoningContent?: string
  callExtras?: Record<string, unknown>
}

/** Assembles a Chat Completions stream; `label` names the provider in problems. */
export function createOpenaiChatAssembler(label: string): Assembler {
  const queue = createCallQueue()
  const slots = createSlots(queue)
  const reasoning: string[] = []
  const refusal: string[] = []
  let usage: Usage = NO_USAGE
  let finishReason: string | undefined
  let over = false

  const readDelta = (delta: Record<string, unknown>): ModelEvent[] => {
    if (typeof delta.reasoning_content === 'string') reasoning.push(delta.reasoning_content)
    if (typeof delta.refusal === 'string') refusal.push(delta.refusal)
    const text = contentText(delta.content)
    for (const piece of listOf(delta.tool_calls)) if (isObject(piece)) slots.read(piece)
    return [...(text === '' ? [] : [{ type: 'text', text } as const]), ...queue.give()]
  }
  const finished = (): ModelEvent[] => {
    over = true
    const stopReason = stopReasonOf(finishReason ?? '', refusal.length > 0, queue.size() > 0)
    const cut = stopReason !== 'end' && stopReason !== 'calls'
    const echo = echoOf(reasoning.join(''), slots.extras)
    const reason = stopReason === 'refusal' ? refusal.join('') : stopReason === 'filter' ? (finishReason ?? '') : ''
    return [
      ...queue.finish(() => !cut),
      { type: 'finished', stopReason, usage, ...(reason === '' ? {} : { reason }), ...(echo ? { echo } : {}) },
    ]
  }

  return {
    isOver: () => over,
    isEnding: () => finishReason !== undefined,
    push(event) {
      if (over || !isObject(event)) return []
      if (event.error !== undefined && event.error !== null) {
        over = true
        return [errorEvent(label, event.error)]
      }
      usage = usageOf(event.usage) ?? usage
      const choices = listOf(event.choices)
      const events: ModelEvent[] = []
      for (const choice of choices) {
        // One answer is asked for; another one is not ours.
        if (!isObject(choice) || (typeof choice.index === 'number' && choice.index !== 0)) continue
        for (const said of readDelta(objectOf(isObject(choice.delta) ? choice.delta : choice.message)))
          events.push(said)
        if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') finishReason = choice.finish_reason
      }
      // The figures come last, in a chunk of their own.
      return finishReason !== undefined && choices.length === 0 && isObject(event.usage) ? finished() : events
    },
    end() {
      if (over) return []
      if (finishReason !== undefined) return finished()
      over = true
      return [brokenOff(label)]
    },
  }
}

/** Finds the call that a piece belongs to, or begins one. */
function createSlots(queue: ReturnType<typeof createCallQueue>) {
  const byIndex = new Map<string, OpenCall>()
  const byId = new Map<string, OpenCall>()
  const announcedAgain = new Set<OpenCall>()
  const order = new Map<OpenCall, number>()
  const extras: Record<string, unknown> = {}
  let last: OpenCall | undefined

  const find = (index: string | null, id: string | null, name: string) => {
    const named = id === null ? undefined : byId.get(id)
    if (index !== null) {
      const placed = byIndex.get(index)
      // Several calls under one index are told apart by their ids.
      if (placed && named && placed.id !== id) return named
      return placed ?? (name === '' ? named : undefined)
    }
    if (id !== null) return named
    return name === '' ? last : undefined
  }
  const begin = (index: string | null, id: string | null, name: string) => {
    const call = queue.open(id, name)
    order.set(call, order.size + 1)
    if (index !== null) byIndex.set(index, call)
    if (id !== null) byId.set(id, call)
    return call
  }

  return {
    extras,
    read(piece: Record<string, unknown>) {
      const index = typeof piece.index === 'number' || typeof piece.index === 'string' ? String(piece.index) : null
      const id = idOf(piece.id)
      const fn = objectOf(piece.function)
      const name = textOf(fn.name)
      const text = argumentsTextOf(fn.arguments)

      let call = find(index, id, name)
      if (call && isAnother(call, id, name, text, announcedAgain)) call = undefined
      call ??= begin(index, id, name)
      call.id ??= id
      if (call.tool === '') call.tool = name
      if (piece.extra_content !== undefined) extras[String(order.get(call))] = piece.extra_content
      last = call

      const state = queue.write(call, text)
      if (state === 'closed' || (state === 'spoiled' && !call.given)) call.settled = true
    },
  }
}

/** Whether a piece that names a known call begins a new one under the same index or id. */
function isAnother(
  call: OpenCall,
  id: string | null,
  name: string,
  text: string,
  announcedAgain: Set<OpenCall>,
): boolean {
  const closed = call.settled
  const newId = id !== null && call.id !== null && id !== call.id
  // Some servers make up an id for every piece: without a name it could be no call of its own.
  if (newId) return name !== '' || closed
  if (name !== '' && call.tool !== '' && name !== call.tool) return true
  if (!closed) return false
  const blank = text.trim() === ''
  if (name !== '' && blank) {
    // The same head again: either an echo, or a second call whose arguments are still to come.
    announcedAgain.add(call)
    return false
  }
  return !blank && (name !== '' || announcedAgain.has(call))
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  return listOf(content)
    .map((part) => textOf(objectOf(part).text))
    .join('')
}

function usageOf(usage: unknown): Usage | undefined {
  if (!isObject(usage)) return undefined
  const cached = countOf(objectOf(usage.prompt_tokens_details).cached_tokens)
  return {
    inputTokens: countOf(usage.prompt_tokens) ?? 0,
    outputTokens: countOf(usage.completion_tokens) ?? 0,
    ...(cached === undefined ? {} : { cachedTokens: cached }),
  }
}

const CUT: Record<string, StopReason> = {
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'filter',
  safety: 'filter',
  refusal: 'refusal',
}
const WELL = new Set([
  'stop',
  'tool_calls',
  'function_call',
  'tool_use',
  'end_turn',
  'eos',
  'eos_token',
  'stop_sequence',
])

function stopReasonOf(finish: string, refused: boolean, hasCalls: boolean): StopReason {
  const cut = Object.hasOwn(CUT, finish) ? CUT[finish] : undefined
  if (cut) return cut
  if (refused) return 'refusal'
  if (!WELL.has(finish)) return 'other'
  return hasCalls ? 'calls' : 'end'
}

function echoOf(reasoningContent: string, callExtras: Record<string, unknown>): OpenaiChatEcho | undefined {
  const hasExtras = Object.keys(callExtras).length > 0
  if (reasoningContent === '' && !hasExtras) return undefined
  return {
    provider: 'openai-chat',
    ...(reasoningContent === '' ? {} : { reasoningContent }),
    ...(hasExtras ? { callExtras } : {}),
  }
}
