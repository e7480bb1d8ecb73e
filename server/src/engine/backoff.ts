import type { Abort } from './abort.ts'
import type { Clock, Randomness } from './ports.ts'

const FIRST_MS = 250
const MOST_MS = 10_000
/** A provider or tool that asks for a longer pause is not asked again (contract 3, fine print). */
export const LONGEST_RETRY_AFTER_MS = 60_000

/**
 * The pause before try number `attempt + 1`, in whole milliseconds: doubling from 250 ms up to 10 s, half of it left to chance, so that
 * callers who failed together do not come back together. What `Retry-After` asked for is obeyed.
 */
export function backoffMs(attempt: number, randomness: Randomness, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return Math.ceil(retryAfterMs)
  const full = Math.min(FIRST_MS * 2 ** (attempt - 1), MOST_MS)
  return Math.round(full / 2 + (full / 2) * randomness.next())
}

/** Whether another try is allowed after a fault that asked for this pause. */
export function mayRetryAfter(retryAfterMs: number | undefined): boolean {
  return retryAfterMs === undefined || retryAfterMs <= LONGEST_RETRY_AFTER_MS
}

/** Resolves after `ms`, or at once on the abort; true when the whole pause went by. */
export function pause(ms: number, clock: Clock, abort: Abort): Promise<boolean> {
  if (abort.isAborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const end = (whole: boolean) => {
      cancel()
      forget()
      resolve(whole)
    }
    const cancel = clock.after(ms, () => end(true))
    const forget = abort.onAbort(() => end(false))
  })
}
