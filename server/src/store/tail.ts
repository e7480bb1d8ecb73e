import type { RunEvent } from '@volley/shared/run/events.ts'
import type { Wakes } from './wakes.ts'

export interface TailSource {
  /** At most `limit` stored events after number `after`, in order. */
  readPage(runId: string, after: number, limit: number): Promise<RunEvent[]>
  /** The number of the last event of a run that has finished; null for one that has not. */
  lastOfFinished(runId: string): Promise<number | null>
  wakes: Wakes
}

const PAGE = 500
/** A wake-up can be lost (another process wrote); so a waiting reader looks again by itself. */
const LOOK_AGAIN_MS = 1500

/**
 * The events after number `after`, page by page, then those to come, until the run has finished or the signal aborts. What is read is
 * asked for one page at a time, so a slow reader holds no more than a page. A reader who keeps up is handed what was stored and need
 * not read it back.
 */
export async function* tailOf(
  runId: string,
  after: number,
  signal: AbortSignal,
  { readPage, lastOfFinished, wakes }: TailSource,
  { lookAgainMs = LOOK_AGAIN_MS } = {},
): AsyncGenerator<RunEvent[]> {
  const subscription = wakes.subscribe(runId)
  try {
    let last = after
    let mustRead = true
    while (!signal.aborted) {
      const handed = subscription.take()?.filter((event) => event.seq > last)
      const page: RunEvent[] =
        mustRead || !handed || handed[0]?.seq !== last + 1 ? await readPage(runId, last, PAGE) : handed
      const sound = withoutGap(page, last)
      const newest = sound.at(-1)
      if (newest) {
        yield sound
        last = newest.seq
        if (newest.type === 'run.finished') return
        // Behind a full page of the store there may be more; behind anything else there is nothing that is not handed over.
        mustRead = page !== handed && page.length === PAGE
        if (mustRead || sound.length < page.length) continue
      } else {
        const end = await lastOfFinished(runId)
        if (end !== null && end <= last) return
        mustRead = end !== null
      }
      await subscription.wait(mustRead ? Math.min(lookAgainMs, 20) : lookAgainMs, signal)
    }
  } finally {
    subscription.close()
  }
}

/** The part of a page up to its first gap: what lies behind a gap is read again later. */
function withoutGap(page: RunEvent[], after: number): RunEvent[] {
  const gap = page.findIndex((event, index) => event.seq !== after + 1 + index)
  return gap === -1 ? page : page.slice(0, gap)
}
