import type { RunEvent } from '@volley/shared/run/events.ts'
import type { EventLog } from '../engine/ports.ts'

/** The same log; tells of each run that ends, once its end is durable. Nobody waits for who is told. */
export function tellingEnds(log: EventLog, onEnd: (runId: string) => void): EventLog {
  const tell = (runId: string, events: readonly RunEvent[]) => {
    if (events.at(-1)?.type === 'run.finished') onEnd(runId)
  }
  return {
    ...log,
    async create(spec, events, status) {
      await log.create(spec, events, status)
      tell(spec.runId, events)
    },
    async append(runId, events, status) {
      await log.append(runId, events, status)
      tell(runId, events)
    },
  }
}
