import type { RunEvent } from '@volley/shared/run/events.ts'
import { type FollowEnd, followEvents } from '../api/runEvents.ts'
import { framePump } from '../state/framePump.ts'

/**
 * Follows a run to its end and hands its events over at most once per animation frame. After the signal aborts nothing more
 * is handed over; when it ends otherwise, everything was.
 */
export async function followRun(
  runId: string,
  options: {
    signal: AbortSignal
    onEvents(events: RunEvent[]): void
    onConnection(sentence: string | null): void
  },
): Promise<FollowEnd> {
  const { signal, onEvents, onConnection } = options
  const pump = framePump<RunEvent>(onEvents)
  const end = await followEvents(runId, { signal, onConnection, onEvents: (events) => pump.push(events) })
  if (signal.aborted) pump.drop()
  else pump.flush()
  return end
}
