import type { StopReason } from '@volley/shared/run/events.ts'

/** The conventions' names of why a model fell silent. */
export const FINISH_REASONS: Record<StopReason, string> = {
  end: 'stop',
  calls: 'tool_call',
  length: 'length',
  filter: 'content_filter',
  refusal: 'refusal',
  other: 'other',
}
