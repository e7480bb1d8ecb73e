import type { StopReason } from '@volley/shared/run/events.ts'

/** Whether a message that ended so is whole: its calls may be executed. One that was cut, filtered or refused is not. */
export function endedWell(stopReason: StopReason): boolean {
  return stopReason !== 'length' && stopReason !== 'filter' && stopReason !== 'refusal'
}
