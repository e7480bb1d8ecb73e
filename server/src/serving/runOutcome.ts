import type { ServedRun } from '@volley/shared/api.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import { runFromEvents } from '@volley/shared/run/state.ts'
import type { EventLog } from '../engine/ports.ts'

/** A run as it stands, as far as it concerns who asked for it. */
export async function readRun(log: Pick<EventLog, 'read'>, runId: string): Promise<ServedRun> {
  return outcomeOf(runId, await log.read(runId, 0))
}

/** What a run came to, once it has ended; null when the signal aborts before. */
export async function untilEnded(
  log: Pick<EventLog, 'tail'>,
  runId: string,
  { signal, onEvent = () => {} }: { signal: AbortSignal; onEvent?: (event: RunEvent) => void },
): Promise<ServedRun | null> {
  const events: RunEvent[] = []
  for await (const page of log.tail(runId, 0, signal)) {
    events.push(...page)
    page.forEach(onEvent)
  }
  return events.at(-1)?.type === 'run.finished' ? outcomeOf(runId, events) : null
}

function outcomeOf(runId: string, events: readonly RunEvent[]): ServedRun {
  const { status, output, error } = runFromEvents(events)
  return { runId, status, output, error }
}
