import type { Clock } from '../engine/ports.ts'
import type { SendSpans } from './exporter.ts'
import type { Span } from './span.ts'
import { type EndedRun, type SpanOptions, spansOfRun } from './spansOfRun.ts'

// Spans are made of a run's log after the run has ended, one run after another, and sent in pieces. Nothing waits for it, and what waits to be
// sent is a list of ids, of a bounded length: a collector that is slow or gone costs neither time nor memory, only spans.

export interface Telemetry {
  /** A run has ended: its spans are sent soon. */
  runEnded(runId: string): void
  /** Sends what waits, for a few seconds at most. */
  close(): Promise<void>
}

export interface TelemetryOptions extends SpanOptions {
  send: SendSpans
  /** Null for a run that is not there any more. */
  read(runId: string): Promise<EndedRun | null>
  clock: Clock
  /** Told once when the collector does not take spans, and once when it does again. */
  onTrouble(trouble: { is: 'failing'; reason: string } | { is: 'over'; lost: number }): void
}

/** How long ended runs are gathered before they are sent together. */
const GATHER_MS = 1000
const MOST_WAITING = 2000
const MOST_SPANS = 512
/** Of spans as JSON, about: collectors usually take four times as much in one request. */
const MOST_BYTES = 1_000_000
const CLOSE_MS = 5000

export function createTelemetry({ send, read, clock, onTrouble, ...options }: TelemetryOptions): Telemetry {
  let waiting: string[] = []
  let piece: { spans: Span[]; bytes: number } = { spans: [], bytes: 0 }
  let lost = 0
  let isFailing = false
  let isClosed = false
  let cancelTimer: (() => void) | null = null
  let sending: Promise<void> | null = null

  const flush = async () => {
    const { spans } = piece
    if (spans.length === 0) return
    piece = { spans: [], bytes: 0 }
    const reason = await send(spans)
    if (reason !== null) {
      lost += spans.length
      if (!isFailing) onTrouble({ is: 'failing', reason })
      isFailing = true
    } else if (isFailing) {
      onTrouble({ is: 'over', lost })
      isFailing = false
      lost = 0
    }
  }

  const sendAll = async () => {
    for (let runId = waiting.shift(); runId !== undefined && !isClosed; runId = waiting.shift()) {
      const ended = await read(runId)
      for (const span of ended ? spansOfRun(ended, options) : []) {
        piece.spans.push(span)
        piece.bytes += JSON.stringify(span).length
        if (piece.spans.length >= MOST_SPANS || piece.bytes >= MOST_BYTES) await flush()
      }
    }
    await flush()
  }

  const start = () => {
    cancelTimer?.()
    cancelTimer = null
    sending ??= sendAll()
      .catch((fault: unknown) => {
        if (!isFailing && !isClosed)
          onTrouble({ is: 'failing', reason: fault instanceof Error ? fault.message : String(fault) })
        isFailing = true
      })
      .finally(() => {
        sending = null
        if (waiting.length > 0 && !isClosed) schedule()
      })
    return sending
  }
  const schedule = () => {
    if (!sending) cancelTimer ??= clock.after(GATHER_MS, () => void start())
  }

  return {
    runEnded(runId) {
      waiting.push(runId)
      if (waiting.length > MOST_WAITING) waiting = waiting.slice(-MOST_WAITING)
      schedule()
    },
    async close() {
      const enough = Promise.withResolvers<void>()
      const cancel = clock.after(CLOSE_MS, enough.resolve)
      while (waiting.length > 0 || sending) {
        const isOver = await Promise.race([start().then(() => false), enough.promise.then(() => true)])
        if (isOver) break
      }
      isClosed = true
      cancelTimer?.()
      cancel()
    },
  }
}
