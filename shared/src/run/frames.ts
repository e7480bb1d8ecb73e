import type { RunEvent } from './events.ts'

/**
 * One event as a server-sent event: `id` is its number, `event` its type, `data` the whole of it on one line, the same to the letter
 * whether it was just written or read back.
 */
export function frameOf({ seq, type, at, ...fields }: RunEvent): string {
  return `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify({ seq, type, at, ...fields })}\n\n`
}

/** The comment line that keeps an idle stream open. */
export const KEEP_ALIVE_FRAME = ': still here\n\n'
export const KEEP_ALIVE_MS = 15_000

/** Reads the `data` of a frame that {@link frameOf} wrote. Throws on anything else: the other end is our own server. */
export function eventOfFrame(data: string): RunEvent {
  return JSON.parse(data) as RunEvent
}
