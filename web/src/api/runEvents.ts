import type { RunEvent } from '@volley/shared/run/events.ts'
import { eventOfFrame } from '@volley/shared/run/frames.ts'
import { createParser } from 'eventsource-parser'
import { type ApiFault, faultOf } from './fault.ts'

// How the page reads a run (contract 4). What this file keeps:
// 1. Events are handed over in order, each exactly once: a repeat is dropped, a gap is never crossed but asked for again.
// 2. A break is healed by asking for what follows the last event handed over; the caller is told while it lasts.
// 3. It ends after `run.finished`, when the signal aborts, or when the server says that asking again cannot help.

export interface FollowOptions {
  signal: AbortSignal
  /** The number of the last event that is already known. */
  after?: number
  /** Some events that follow each other, as they arrived together. */
  onEvents(events: RunEvent[]): void
  /** A sentence while the stream is broken, null when it flows again. */
  onConnection(sentence: string | null): void
  /** So long without a byte the stream counts as broken: the server sends one every 15 s. */
  idleMs?: number
  fetch?: typeof globalThis.fetch
  /** Waits; resolves early when the signal aborts. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

export type FollowEnd = { end: 'finished' } | { end: 'stopped' } | { end: 'refused'; fault: ApiFault }

/** Follows the events of a run to its end. Never throws for what the network or the server can cause. */
export async function followEvents(runId: string, options: FollowOptions): Promise<FollowEnd> {
  const { signal, onConnection, pause = pauseFor } = options
  const progress: Progress = { last: options.after ?? 0, finished: false }
  for (let failures = 0; ; failures++) {
    const before = progress.last
    const fault = await readOnce(runId, progress, options)
    if (progress.finished) return { end: 'finished' }
    if (signal.aborted) return { end: 'stopped' }
    if (fault && !isWorthAsking(fault.status)) return { end: 'refused', fault }
    if (progress.last > before) failures = 0
    const delayMs = backoffMs(failures)
    onConnection(`The connection to the run broke; asking again ${delayMs < 1000 ? 'now' : `in ${delayMs / 1000} s`}.`)
    await pause(delayMs, signal)
    if (signal.aborted) return { end: 'stopped' }
  }
}

/** Doubles from a quarter of a second up to eight seconds. */
export function backoffMs(failures: number): number {
  return Math.min(8000, 250 * 2 ** failures)
}

interface Progress {
  last: number
  finished: boolean
}

/** Reads one connection to its end, however it ends. Answers the fault when the server refused. */
async function readOnce(runId: string, progress: Progress, options: FollowOptions): Promise<ApiFault | null> {
  const { signal, onEvents, onConnection, idleMs = 45_000, fetch = globalThis.fetch } = options
  const connection = new AbortController()
  const stop = () => connection.abort()
  signal.addEventListener('abort', stop)
  let idle: ReturnType<typeof setTimeout> | undefined
  const stillAlive = () => {
    clearTimeout(idle)
    idle = setTimeout(stop, idleMs)
  }
  try {
    stillAlive()
    const response = await fetch(`/api/runs/${encodeURIComponent(runId)}/events`, {
      credentials: 'same-origin',
      headers: {
        accept: 'text/event-stream',
        ...(progress.last > 0 ? { 'last-event-id': String(progress.last) } : {}),
      },
      signal: connection.signal,
    })
    if (!response.ok || !response.body) return faultOf(response.status, await bodyOf(response))
    onConnection(null)
    const decode = decoder(progress)
    for await (const bytes of chunksOf(response.body)) {
      stillAlive()
      const { events, hasGap } = decode(bytes)
      if (events.length > 0 && !signal.aborted) onEvents(events)
      if (hasGap || progress.finished || signal.aborted) break
    }
    return null
  } catch {
    return null // The network broke, or this side stopped: the caller looks at the signal.
  } finally {
    clearTimeout(idle)
    signal.removeEventListener('abort', stop)
    connection.abort()
  }
}

/** Reads bytes as events. Only what follows the last known event comes out; after a gap nothing more does. */
function decoder(progress: Progress): (bytes: Uint8Array) => { events: RunEvent[]; hasGap: boolean } {
  const text = new TextDecoder()
  let events: RunEvent[] = []
  let hasGap = false
  const parser = createParser({
    onEvent: ({ data }) => {
      const event = eventOfFrame(data)
      if (hasGap || progress.finished || event.seq <= progress.last) return
      if (event.seq > progress.last + 1) {
        hasGap = true
        return
      }
      progress.last = event.seq
      progress.finished = event.type === 'run.finished'
      events.push(event)
    },
  })
  return (bytes) => {
    events = []
    parser.feed(text.decode(bytes, { stream: true }))
    return { events, hasGap }
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

/** Whether a refusal may pass by itself: too busy, or a server that is just starting. */
function isWorthAsking(status: number): boolean {
  return status === 429 || status >= 500
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown
  } catch {
    return null
  }
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
