import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Hono } from 'hono'
import { planTurn, type SimulatedTurn } from './planTurn.ts'
import { type SimulatedRequest, simulatedRequestSchema } from './request.ts'

export const DEFAULT_PACE = { firstTokenMs: 200, callMs: 80 }

/** The simulated model as a server that speaks the Chat Completions stream. It keeps nothing between requests. */
export function createSimulatedApp(): Hono {
  const app = new Hono()
  app.post('/v1/chat/completions', async (context) => {
    const body = simulatedRequestSchema.safeParse(await context.req.json().catch(() => undefined))
    if (!body.success)
      return context.json(errorBody(`This is no request for Chat Completions: ${body.error.issues[0]?.message}`), 400)
    if (!body.data.stream) return context.json(errorBody('The simulated model only streams: send "stream": true.'), 400)
    return new Response(streamOf(planTurn(body.data), body.data, context.req.raw.signal), {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    })
  })
  return app
}

function errorBody(message: string) {
  return { error: { message, type: 'invalid_request_error', code: null } }
}

/** The turn as server-sent events, at the asked pace. Nothing is timed any more once the reader leaves. */
function streamOf(
  turn: SimulatedTurn,
  request: SimulatedRequest,
  requestSignal: AbortSignal,
): ReadableStream<Uint8Array> {
  const left = new AbortController()
  const signal = AbortSignal.any([requestSignal, left.signal])
  const encoder = new TextEncoder()
  const chunks = chunksOf(turn, request)
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = chunks.next()
        if (done) return controller.close()
        if (value.afterMs > 0) await wait(value.afterMs, undefined, { signal })
        controller.enqueue(
          encoder.encode(`data: ${typeof value.data === 'string' ? value.data : JSON.stringify(value.data)}\n\n`),
        )
      } catch (error) {
        if (!signal.aborted) throw error
        controller.error(signal.reason)
      }
    },
    cancel: () => left.abort(),
  })
}

interface TimedChunk {
  afterMs: number
  data: object | string
}

function* chunksOf({ text, calls }: SimulatedTurn, request: SimulatedRequest): Generator<TimedChunk, undefined> {
  const { firstTokenMs, callMs } = { ...DEFAULT_PACE, ...request.volley?.pace }
  // Ids follow from the request, as everything else here does.
  const key = createHash('sha256')
    .update(JSON.stringify([request.messages, calls]))
    .digest('hex')
    .slice(0, 12)
  const chunk = (delta: object, finish: string | null = null) => ({
    id: `chatcmpl-${key}`,
    object: 'chat.completion.chunk',
    created: 0,
    model: request.model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  yield { afterMs: firstTokenMs, data: chunk({ role: 'assistant', content: '' }) }
  const pieceMs = Math.min(15, callMs / 4)
  for (const piece of text.match(/\s*(?:\S+\s*){1,3}/g) ?? [])
    yield { afterMs: pieceMs, data: chunk({ content: piece }) }
  for (const [index, { tool, argumentsText }] of calls.entries()) {
    const head = { index, id: `call_${key}_${index + 1}`, type: 'function', function: { name: tool, arguments: '' } }
    yield { afterMs: callMs, data: chunk({ tool_calls: [head] }) }
    for (const piece of argumentsText.match(/[\s\S]{1,24}/g) ?? [])
      yield { afterMs: 0, data: chunk({ tool_calls: [{ index, function: { arguments: piece } }] }) }
  }
  yield { afterMs: 0, data: chunk({}, calls.length > 0 ? 'tool_calls' : 'stop') }
  yield { afterMs: 0, data: { ...chunk({}), choices: [], usage: usageOf(request, text, calls) } }
  yield { afterMs: 0, data: '[DONE]' }
  return undefined
}

/** About four characters a token: enough to show figures where real ones would stand. */
function usageOf({ messages, tools }: SimulatedRequest, text: string, calls: SimulatedTurn['calls']) {
  const prompt = Math.ceil(JSON.stringify([messages, tools]).length / 4)
  const completion = Math.ceil(
    (text.length + calls.reduce((sum, call) => sum + call.tool.length + call.argumentsText.length, 0)) / 4,
  )
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}
