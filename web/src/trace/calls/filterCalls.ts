import type { CallStatus } from '@volley/shared/run/events.ts'
import type { CallState } from '@volley/shared/run/state.ts'

/** What of a run's calls is looked for; an empty string lets everything through. */
export interface CallFilter {
  words: string
  status: CallStatus | ''
  tool: string
  turn: string
}

export const NO_FILTER: CallFilter = { words: '', status: '', tool: '', turn: '' }

/**
 * The calls that a filter lets through, those that failed first, then skipped ones, then the others; each by number. `#12` finds a call by
 * its number, other words are looked for in tool, arguments, result and error; all of them must be there.
 */
export function filterCalls(calls: readonly CallState[], filter: CallFilter): CallState[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean)
  return calls
    .filter(
      (call) =>
        (filter.status === '' || call.status === filter.status) &&
        (filter.tool === '' || call.tool === filter.tool) &&
        (filter.turn === '' || String(call.turn) === filter.turn) &&
        words.every((word) => (word.startsWith('#') ? `#${call.call}` === word : textOf(call).includes(word))),
    )
    .sort((one, other) => rank(one) - rank(other) || one.call - other.call)
}

const rank = ({ status }: CallState) => (status === 'failed' ? 0 : status === 'skipped' ? 1 : 2)

/** Calls never change in place, so what is searched of one is put together once. */
const texts = new WeakMap<CallState, string>()

function textOf(call: CallState): string {
  const known = texts.get(call)
  if (known !== undefined) return known
  const parts = [
    call.tool,
    call.error?.message,
    call.error?.code,
    ...[call.emittedArguments, call.arguments, call.shown ?? call.result].map(json),
  ]
  const text = parts.filter(Boolean).join('\n').toLowerCase()
  texts.set(call, text)
  return text
}

const json = (value: unknown) => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value))
