// Names alone, apart from the schemas of events: the page needs them, and not what checks events.

export const RUN_STATUSES = ['running', 'awaiting_approval', 'succeeded', 'failed', 'cancelled'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]
export const CALL_STATUSES = [
  'waiting',
  'ready',
  'awaiting_approval',
  'running',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const
export type CallStatus = (typeof CALL_STATUSES)[number]
export const STOP_REASONS = ['end', 'calls', 'length', 'filter', 'refusal', 'other'] as const
export type StopReason = (typeof STOP_REASONS)[number]

/** Whether a status is an end: nothing follows it for this call. */
export function isTerminal(status: CallStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'skipped' || status === 'cancelled'
}
