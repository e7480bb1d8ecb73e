import type { ServerResponse } from 'node:http'
import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import { ok } from '@volley/shared/lib/result.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { onTestFinished } from 'vitest'
import { createEngine } from '../engine/engine.ts'
import type { Clock } from '../engine/ports.ts'
import { modelAt, startModelServer } from '../models/testing/modelServer.ts'
import type { Api } from '../models/testing/recorded.ts'
import { createMemoryEventLog } from '../store/memoryEventLog.ts'
import { logFaults } from '../testing/invariants.ts'
import { createSchemas } from '../tools/schemas.ts'
import { watchLoop } from './loopGap.ts'
import { eventsOf } from './wire.ts'

/** Writes an answer to the nth request, whatever it likes. */
export type Answer = (response: ServerResponse, nth: number) => void | Promise<void>

/**
 * An engine whose model speaks real HTTP with one of the three protocols, against a server that answers as the test says. Its pauses
 * pass a hundred times faster; the limits of a run are as given.
 */
export async function hostileStage() {
  let answer: Answer = () => {}
  let nth = 0
  const server = await startModelServer((response, { body }) => {
    const isSecondTurn =
      JSON.stringify(body.messages ?? body.input).includes('"assistant"') ||
      JSON.stringify(body.input ?? '').includes('function_call')
    if (isSecondTurn) sendAll(response, eventsOf(apiOf(body), { text: 'Done.', calls: [] }))
    else return answer(response, ++nth)
  })
  onTestFinished(() => server.close())
  const schemas = createSchemas()
  const fast: Clock = {
    now: () => performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms >= 30_000 ? ms : ms / 100)
      return () => clearTimeout(timer)
    },
  }
  let runs = 0

  /** Plays one run to its end; throws when it has none within `withinMs`, or when its log is not sound. */
  async function play(
    api: Api,
    flow: Flow,
    how: Answer,
    { withinMs = 20_000, clock = fast }: { withinMs?: number; clock?: Clock } = {},
  ) {
    answer = how
    nth = 0
    const log = createMemoryEventLog()
    const executed: { tool: string; arguments: unknown }[] = []
    const faults: unknown[] = []
    const model = modelAt(api, server.url)
    const engine = createEngine({
      models: { find: () => ok(model) },
      tools: {
        async run({ tool, arguments: args }) {
          executed.push({ tool: tool.name, arguments: args })
          return { ok: true, result: executed.length }
        },
      },
      log,
      clock,
      randomness: { next: () => 0.5 },
      validate: (schema, value) => schemas.validate(schema, value)[0]?.message ?? null,
      onFault: (fault) => faults.push(fault),
    })
    const runId = `hostile-${++runs}`
    const events: RunEvent[] = []
    const loop = watchLoop()
    const patience = AbortSignal.timeout(withinMs)
    await engine.start({ runId, flow, origin: { id: null, version: null }, input: 'Go.', variables: {} })
    for await (const page of log.tail(runId, 0, patience)) for (const event of page) events.push(event)
    const gap = loop.end()
    if (patience.aborted)
      throw new Error(`run ${runId} has no end after ${withinMs} ms; its last event is ${events.at(-1)?.type}`)
    if (faults.length > 0) throw faults[0]
    const unsound = logFaults(events, flow)
    if (unsound.length > 0) throw new Error(unsound.join('; '))
    return { events, run: runFromEvents(events), executed, requests: nth, gap }
  }
  return { play }
}

export function hostileFlow(tools: Tool[], limits: Flow['agent']['limits'] = {}): Flow {
  return {
    format: 'volley.flow/1',
    name: 'Hostile',
    description: '',
    agent: { provider: 'scripted', model: 'scripted-1', limits },
    tools,
    edges: [],
    layout: {},
    notes: [],
  }
}

/** Writes a stream's head and all its bytes, cut at these places. */
export async function sendPieces(response: ServerResponse, pieces: Iterable<Uint8Array | string>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const piece of pieces) {
    if (response.destroyed) return
    response.write(piece)
    await new Promise((resolve) => setImmediate(resolve))
  }
  response.end()
}

/** Writes whole events, as fast as the reader takes them, and ends. */
export async function sendAll(response: ServerResponse, events: Iterable<string>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  let gathered: string[] = []
  let chars = 0
  const flush = async () => {
    const isRoom = response.write(gathered.join(''))
    gathered = []
    chars = 0
    if (isRoom) await new Promise((resolve) => setImmediate(resolve))
    else await room(response)
  }
  for (const event of events) {
    if (response.destroyed) return
    gathered.push(event)
    chars += event.length
    if (chars > 65_536) await flush()
  }
  if (gathered.length > 0) await flush()
  response.end()
}

/** Resolves when the reader has taken what was written, or has left. */
export function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      response.off('drain', end).off('close', end)
      resolve()
    }
    response.on('drain', end).on('close', end)
    if (response.destroyed) end()
  })
}

function apiOf(body: Record<string, unknown>): Api {
  if (body.input !== undefined) return 'openai-responses'
  return body.max_tokens !== undefined && body.stream_options === undefined ? 'anthropic-messages' : 'openai-chat'
}
