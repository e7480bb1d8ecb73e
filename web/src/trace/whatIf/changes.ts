import type { Flow } from '@volley/shared/flow/flow.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { type Change, hasChange } from '@volley/shared/trace/whatIf.ts'
import { duration } from '../format.ts'

/** What a change is about: of two with the same key the later one counts. */
export function keyOf(change: Change): string {
  switch (change.change) {
    case 'duration':
    case 'tool_cap':
      return `${change.change} ${change.tool}`
    case 'add_edge':
    case 'remove_edge':
      return `edge ${change.from} ${change.to} ${change.kind}`
    default:
      return change.change
  }
}

/**
 * The changes with another one, in the place of an earlier one about the same. One that leaves things as they were is none: an edge of the
 * flow that is added again, a duration that is the recorded one.
 */
export function withChange(
  changes: readonly Change[],
  change: Change,
  { run, flow, meanMs }: { run: RunState; flow: Flow; meanMs(tool: string): number },
): Change[] {
  const key = keyOf(change)
  if (isAsItWas(change, run, flow, meanMs)) return withoutChange(changes, key)
  const at = changes.findIndex((one) => keyOf(one) === key)
  return at < 0 ? [...changes, change] : changes.map((one, index) => (index === at ? change : one))
}

export const withoutChange = (changes: readonly Change[], key: string): Change[] =>
  changes.filter((one) => keyOf(one) !== key)

function isAsItWas(change: Change, run: RunState, flow: Flow, meanMs: (tool: string) => number): boolean {
  if (change.change === 'duration') return Math.round(meanMs(change.tool)) === Math.round(change.meanMs)
  return change.change === 'set_parallelism' ? run.parallelism === change.parallelism : hasChange(flow, change)
}

/** `0.57 s sooner (−16 %)`, `42 ms later (+4.2 %)`; at most half a millisecond is no difference. */
export function differenceWords(byMs: number, elapsedMs: number): string {
  if (Math.abs(byMs) < 0.5) return 'no difference'
  const share = elapsedMs > 0 ? (Math.abs(byMs) / elapsedMs) * 100 : 0
  return `${duration(Math.abs(byMs))} ${byMs < 0 ? 'sooner' : 'later'} (${byMs < 0 ? '−' : '+'}${share.toFixed(share < 9.95 ? 1 : 0)} %)`
}
