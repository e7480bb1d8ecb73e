import type { CallState, RunState } from '../run/state.ts'
import type { Span } from './span.ts'

/**
 * Time in which a call did not run yet, and why: it waited for calls, for the model's message to end, for a person, or for a place among
 * those that may run at once.
 */
export interface WaitSpan extends Span {
  why: 'calls' | 'message' | 'approval' | 'place'
}

/**
 * The time from a call's emission to its start, cut where one reason gave way to the next: first the calls it waited for, then the end of
 * the message, then a person or a place. Stretches that took no time are left out; what still goes on has `to: null`.
 */
export function waitSpans(call: CallState, run: RunState): WaitSpan[] {
  const to = call.startedAt ?? call.finishedAt
  const held = call.heldBy?.[0]?.at ?? to
  const stages = [
    { why: 'calls', until: callsEndAt(call, run) },
    { why: 'message', until: messageEndsAt(call, run) },
    { why: 'approval', until: call.approval === 'none' ? call.emittedAt : held },
    { why: 'place', until: to },
  ] as const
  const spans: WaitSpan[] = []
  let from = call.emittedAt
  for (const { why, until } of stages) {
    const end = until === null ? to : to === null ? until : Math.min(until, to)
    if (end === null || end > from) spans.push({ from, to: end, why })
    if (end === null || end === to) break
    from = Math.max(from, end)
  }
  return spans
}

/** When nothing but a place, or a person, was missing any more; null while it is not known. */
export function readyAt(call: CallState, run: RunState): number | null {
  const calls = callsEndAt(call, run)
  const message = messageEndsAt(call, run)
  return calls === null || message === null ? null : Math.max(call.emittedAt, calls, message)
}

/** When the last of the calls it waited for ended, or the one whose result it shares; null while one goes on, and where one forbade it. */
function callsEndAt(call: CallState, run: RunState): number | null {
  if (call.status === 'skipped') return null
  const shared = call.startedAt === null ? (call.coalescedWith ?? call.adoptedFrom) : undefined
  let last = call.emittedAt
  for (const number of shared === undefined ? call.waitsFor : [...call.waitsFor, shared]) {
    const { finishedAt } = callNumber(run, number)
    if (finishedAt === null) return null
    last = Math.max(last, finishedAt)
  }
  return last
}

/** When the message no longer held it back. A call that was let go early never waited for it, nor is it known of runs recorded without it. */
function messageEndsAt(call: CallState, run: RunState): number | null {
  const end = run.turns[call.turn - 1]?.messageFinishedAt ?? null
  if (call.eager || call.early || (end === null && call.startedAt !== null)) return call.emittedAt
  return end
}

/** Call `number` of a run. Throws on one that was never announced. */
export function callNumber(run: Pick<RunState, 'calls'>, number: number): CallState {
  const call = run.calls[number - 1]
  if (!call) throw new Error(`call ${number} was never announced`)
  return call
}
