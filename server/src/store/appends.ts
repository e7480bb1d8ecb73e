import type { RunEvent, RunStatus } from '@volley/shared/run/events.ts'
import type { RunSpec } from '../engine/ports.ts'

/** One thing to be written to the log: a run with its first events, or more events of a run. */
export interface Append {
  runId: string
  /** Only for the append that creates the run. */
  spec: RunSpec | null
  events: readonly RunEvent[]
  status: RunStatus
}

/** Throws when the events do not follow each other without a gap: that is a mistake of ours, not of the world. */
export function checkOrder({ runId, spec, events }: Append): void {
  const first = spec ? 1 : (events[0]?.seq ?? 0)
  events.forEach((event, index) => {
    if (event.seq !== first + index)
      throw new Error(`event ${event.seq} of run ${runId} stands where event ${first + index} belongs`)
  })
}

/** The appends of each run, in order: what one transaction can check and write together. */
export function byRun(appends: readonly Append[]): Append[][] {
  const groups = new Map<string, Append[]>()
  for (const append of appends) {
    const group = groups.get(append.runId)
    if (group) group.push(append)
    else groups.set(append.runId, [append])
  }
  return [...groups.values()]
}

/** An append that does not go on where the log ends, or whose run another owner took over. */
export class AppendRefused extends Error {
  override name = 'AppendRefused'
}

/** The start's idempotency key was taken by another start in the meantime. */
export class StartKeyTaken extends Error {
  override name = 'StartKeyTaken'
}

/** How long an idempotency key is kept. */
export const START_KEY_MS = 24 * 60 * 60 * 1000
