import type { RunEvent } from '@volley/shared/run/events.ts'
import { frameOf, KEEP_ALIVE_FRAME, KEEP_ALIVE_MS } from '@volley/shared/run/frames.ts'

/**
 * Pages of events as the bytes of a server-sent event stream, with a comment whenever nothing was sent for a while. A page is asked
 * for only when the reader has taken the one before; when the reader goes, `leave` is called.
 */
export function eventStream(
  pages: AsyncIterator<RunEvent[]>,
  { leave, keepAliveMs = KEEP_ALIVE_MS }: { leave: () => void; keepAliveMs?: number },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let coming: Promise<IteratorResult<RunEvent[]>> | null = null
  return new ReadableStream(
    {
      async pull(controller) {
        coming ??= pages.next()
        const page = await orIdle(coming, keepAliveMs)
        if (page === 'idle') {
          controller.enqueue(encoder.encode(KEEP_ALIVE_FRAME))
          return
        }
        coming = null
        if (page.done) controller.close()
        else controller.enqueue(encoder.encode(page.value.map(frameOf).join('')))
      },
      cancel: leave,
    },
    // Nothing is read ahead, so a stream that no one reads (a HEAD request) never begins.
    { highWaterMark: 0 },
  )
}

async function orIdle<Value>(coming: Promise<Value>, ms: number): Promise<Value | 'idle'> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const idle = new Promise<'idle'>((resolve) => {
    timer = setTimeout(() => resolve('idle'), ms)
  })
  try {
    return await Promise.race([coming, idle])
  } finally {
    clearTimeout(timer)
  }
}
