import type { RunEvent } from '@volley/shared/run/events.ts'
import { heldWords } from '@volley/shared/run/heldBy.ts'
import type { RunRecord } from '@volley/shared/run/record.ts'

const MOST_CHARS = 120

/** One event as a line of progress; null for those that would only be noise. */
export function progressLine(event: RunEvent): string | null {
  const line = lineOf(event)
  return line === null ? null : onOneLine(line)
}

/** What models and tools say cannot move the cursor or colour the screen: control characters are left out. */
export const onOneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ')

function lineOf(event: RunEvent): string | null {
  switch (event.type) {
    case 'run.started':
      return `${event.flow.name}: ${event.provider} ${event.model}, ${event.parallelism}`
    case 'turn.started':
      return `turn ${event.turn}`
    case 'turn.retrying':
      return `  asked again in ${event.delayMs} ms: ${event.error.message}`
    case 'turn.waiting':
      return event.limit ? `  the request is queued: ${heldWords(event.limit)}` : null
    case 'call.emitted':
      return `  ${event.call} ${event.tool} ${short(event.arguments)}`
    case 'call.waiting':
      if (event.limit) return `  ${event.call} is queued: ${heldWords(event.limit)}`
      return event.waitsFor.length > 0 ? `  ${event.call} waits for ${event.waitsFor.join(', ')}` : null
    case 'call.awaiting_approval':
      return `  ${event.call} awaits approval`
    case 'call.started':
      return `  ${event.call} started${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}`
    case 'call.retrying':
      return `  ${event.call} is tried again in ${Math.round(event.delayMs)} ms: ${event.error.message}`
    case 'call.succeeded':
      return `  ${event.call} succeeded in ${Math.round(event.durationMs)} ms: ${short(event.result)}`
    case 'call.failed':
    case 'call.skipped':
    case 'call.cancelled':
      return `  ${event.call} ${event.type.slice('call.'.length)}: ${event.error.message}`
    case 'run.finished':
      return null
    default:
      return null
  }
}

/** The last line of the progress: how it ended, what running side by side gained, and what it cost where that is known. */
export function closingLine({ status, summary, costUsd }: RunRecord): string {
  if (!summary) return `The run is ${status}.`
  const { calls, elapsedMs, serialMs, speedup } = summary
  const gained = calls.total > 1 ? `, one at a time ${Math.round(serialMs)} ms (${speedup.toFixed(1)} times)` : ''
  const cost = costUsd === null ? '' : `, ${dollars(costUsd)}`
  return `${status}: ${calls.total} ${calls.total === 1 ? 'call' : 'calls'} in ${Math.round(elapsedMs)} ms${gained}${cost}`
}

export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.0001) return 'less than $0.0001'
  return `$${usd.toFixed(usd >= 1 ? 2 : 4)}`
}

/** A value as text, cut where it is long. */
export function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS - 1)}…` : text
}
