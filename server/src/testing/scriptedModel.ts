import type { StopReason } from '@volley/shared/run/events.ts'
import { NO_USAGE } from '@volley/shared/run/usage.ts'
import type { Clock, Model, ModelEvent, ModelRequest, Models } from '../engine/ports.ts'

export interface ScriptedCall {
  tool: string
  arguments?: unknown
  id?: string
  /** Silence before the call's arguments are complete. */
  afterMs?: number
  complete?: boolean
}

export interface ScriptedTurn {
  text?: string
  calls?: ScriptedCall[]
  /** Silence before the message ends. */
  holdMs?: number
  stopReason?: StopReason
  reason?: string
  /** The stream breaks instead of ending. */
  broken?: { code: string; message: string; retry: boolean; retryAfterMs?: number }
}

/** A model that says what it is told to, one turn a request, the last one again and again; `requests` are what it was asked. */
export function scriptedModel(clock: Clock, turns: ScriptedTurn[]) {
  const requests: ModelRequest[] = []
  const model: Model = {
    async *stream(request, signal): AsyncGenerator<ModelEvent> {
      const turn = turns[Math.min(requests.length, turns.length - 1)] ?? {}
      requests.push(structuredClone(request))
      if (turn.text) yield { type: 'text', text: turn.text }
      for (const [index, call] of (turn.calls ?? []).entries()) {
        if (call.afterMs && !(await silence(clock, call.afterMs, signal))) return
        yield {
          type: 'call',
          id: call.id ?? `given_${requests.length}_${index + 1}`,
          tool: call.tool,
          argumentsText: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {}),
          complete: call.complete ?? true,
        }
      }
      if (turn.holdMs && !(await silence(clock, turn.holdMs, signal))) return
      if (turn.broken) {
        const { retry, retryAfterMs, ...problem } = turn.broken
        yield { type: 'broken', problem, retry, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
      } else {
        const stopReason = turn.stopReason ?? (turn.calls?.length ? 'calls' : 'end')
        yield {
          type: 'finished',
          stopReason,
          usage: { ...NO_USAGE, inputTokens: 10, outputTokens: 5 },
          ...(turn.reason ? { reason: turn.reason } : {}),
        }
      }
    },
  }
  const models: Models = { find: () => ({ ok: true, value: model }) }
  return { models, requests }
}

function silence(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(true))
    signal.addEventListener('abort', () => {
      cancel()
      resolve(false)
    })
  })
}
