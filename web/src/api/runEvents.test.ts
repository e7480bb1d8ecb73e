import type { RunEvent } from '@volley/shared/run/events.ts'
import { frameOf, KEEP_ALIVE_FRAME } from '@volley/shared/run/frames.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs, followEvents } from './runEvents.ts'

const USAGE = { inputTokens: 0, outputTokens: 0 }
const SUMMARY = {
  elapsedMs: 3,
  serialMs: 3,
  criticalPathMs: 3,
  criticalPath: [],
  speedup: 1,
  maxConcurrency: 0,
  callsPerTurn: 0,
  calls: { total: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 },
}
const LOG: RunEvent[] = [
  {
    seq: 1,
    at: 0,
    type: 'run.started',
    runId: 'r',
    flow: { id: null, name: 'f', version: null },
    input: 'Grüße 🌦',
    parallelism: 'graph',
    provider: 'simulated',
    model: 'm',
  },
  { seq: 2, at: 1, type: 'turn.started', turn: 1 },
  { seq: 3, at: 2, type: 'text.delta', turn: 1, text: 'Schön 🌞\n\ndata: not a field' },
  { seq: 4, at: 3, type: 'turn.finished', turn: 1, usage: USAGE, stopReason: 'end' },
  {
    seq: 5,
    at: 3,
    type: 'run.finished',
    status: 'succeeded',
    output: 'Schön 🌞',
    usage: USAGE,
    costUsd: null,
    summary: SUMMARY,
  },
]
const BYTES = new TextEncoder().encode(LOG.map(frameOf).join(KEEP_ALIVE_FRAME))

/** A server whose connections give these pieces, one connection after the other, then break off or end. */
function serving(connections: { pieces: Uint8Array[]; breaks?: boolean; status?: number }[]) {
  const asked: (string | null)[] = []
  const fetch = (async (_url: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get('last-event-id'))
    const connection = connections[asked.length - 1]
    if (!connection) throw new TypeError('no more connections were expected')
    if (connection.status) return new Response('{"error":{"code":"x","message":"No."}}', { status: connection.status })
    const pieces = [...connection.pieces]
    return new Response(
      new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = pieces.shift()
          if (piece) controller.enqueue(piece)
          else if (connection.breaks) controller.error(new TypeError('network error'))
          else controller.close()
        },
      }),
    )
  }) as typeof globalThis.fetch
  return { fetch, asked }
}

async function follow(fetch: typeof globalThis.fetch, more: { after?: number; idleMs?: number } = {}) {
  const events: RunEvent[] = []
  const told: (string | null)[] = []
  const pauses: number[] = []
  const end = await followEvents('r', {
    ...more,
    fetch,
    signal: new AbortController().signal,
    onEvents: (batch) => events.push(...batch),
    onConnection: (sentence) => told.push(sentence),
    pause: async (ms) => {
      pauses.push(ms)
    },
  })
  return { events, told, pauses, end }
}

test('events come out whole wherever the bytes are cut', async () => {
  for (let cut = 0; cut <= BYTES.length; cut++) {
    const { fetch } = serving([{ pieces: [BYTES.slice(0, cut), BYTES.slice(cut)] }])
    const { events, end } = await follow(fetch)
    expect(events).toEqual(LOG)
    expect(end).toEqual({ end: 'finished' })
  }
})

test('a stream that breaks anywhere is resumed after the last whole event, without a gap or a repeat', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(BYTES.length - 1), fc.boolean(), async (cut, breaks) => {
      const first = serving([{ pieces: [BYTES.slice(0, cut)], breaks }, { pieces: [] }])
      let resumed: string | null = null
      let asked = 0
      const fetch = (async (url: string, init: RequestInit) => {
        if (asked++ === 0) return first.fetch(url, init)
        resumed = new Headers(init.headers).get('last-event-id')
        const rest = LOG.filter((event) => event.seq > Number(resumed ?? 0))
        return new Response(rest.map(frameOf).join(''))
      }) as typeof globalThis.fetch
      const { events, told } = await follow(fetch)
      expect(events).toEqual(LOG)
      if (asked > 1) expect(told.some((sentence) => sentence?.includes('broke'))).toBe(true)
      expect(told.at(-1)).toBe(null)
    }),
    { numRuns: 150 },
  )
})

test('what a server sends twice is handed over once', async () => {
  const twice = new TextEncoder().encode([...LOG.slice(0, 3), ...LOG].map(frameOf).join(''))
  const { events } = await follow(serving([{ pieces: [twice] }]).fetch)
  expect(events).toEqual(LOG)
})

test('a gap is not crossed: the page asks again after the last event before it', async () => {
  const gap = new TextEncoder().encode([LOG[0], LOG[2], LOG[3]].map((event) => frameOf(event as RunEvent)).join(''))
  const rest = new TextEncoder().encode(LOG.slice(1).map(frameOf).join(''))
  const { fetch, asked } = serving([{ pieces: [gap] }, { pieces: [rest] }])
  const { events } = await follow(fetch)
  expect(events).toEqual(LOG)
  expect(asked).toEqual([null, '1'])
})

test('following begins after what is already known', async () => {
  const rest = new TextEncoder().encode(LOG.slice(3).map(frameOf).join(''))
  const { fetch, asked } = serving([{ pieces: [rest] }])
  const { events } = await follow(fetch, { after: 3 })
  expect(asked).toEqual(['3'])
  expect(events.map((event) => event.seq)).toEqual([4, 5])
})

test('a run that is not there ends the following with the reason; a busy server is asked again with growing pauses', async () => {
  expect((await follow(serving([{ pieces: [], status: 404 }]).fetch)).end).toMatchObject({
    end: 'refused',
    fault: { status: 404, message: 'No.' },
  })
  const busy = [503, 429, 500].map((status) => ({ pieces: [], status }))
  const { pauses, end } = await follow(serving([...busy, { pieces: [BYTES] }]).fetch)
  expect(pauses).toEqual([250, 500, 1000])
  expect(end).toEqual({ end: 'finished' })
  expect(backoffMs(20)).toBe(8000)
})

test('a stream that falls silent counts as broken', async () => {
  let asked = 0
  const fetch = (async (_url: string, init: RequestInit) => {
    if (asked++ > 0) return new Response(BYTES)
    return new Response(
      new ReadableStream({
        start: (controller) => init.signal?.addEventListener('abort', () => controller.error(new Error('aborted'))),
      }),
    )
  }) as typeof globalThis.fetch
  const { events } = await follow(fetch, { idleMs: 5 })
  expect(events).toEqual(LOG)
})

test('who stops following hears nothing more', async () => {
  const stop = new AbortController()
  const { fetch } = serving([{ pieces: LOG.map((event) => new TextEncoder().encode(frameOf(event))) }])
  const heard: number[] = []
  const end = await followEvents('r', {
    fetch,
    signal: stop.signal,
    onConnection: () => {},
    onEvents: (batch) => {
      heard.push(...batch.map((event) => event.seq))
      if (heard.includes(2)) stop.abort()
    },
  })
  expect(end).toEqual({ end: 'stopped' })
  expect(heard).toEqual([1, 2])
})
