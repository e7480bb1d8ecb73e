import { isNestedDeeperThan, jsonLength } from '@volley/shared/lib/jsonSize.ts'
import type { RunFact } from '@volley/shared/run/events.ts'

/** A log of larger facts could be written, but hardly be read again: three times the largest result of a tool (10 MB), and a little. */
export const MOST_CHARACTERS = 32 * 1024 * 1024
/** Twice what a tool's answer may nest: what walks a fact by recursion has room for it. */
export const MOST_LEVELS = 1000

/** A fact that no log takes. The message is a sentence for those who read the run. */
export class FactRefused extends Error {
  override name = 'FactRefused'
}

/** Refuses a fact that could not be written down or read again. Asked before a fact is walked through or offered to a store. */
export function checkFactSize(fact: RunFact): void {
  const length = jsonLength(fact, MOST_CHARACTERS)
  if (length > MOST_CHARACTERS)
    throw new FactRefused(`${whatIn(fact)} is larger than 32 MB, the most that a run keeps.`)
  // Each level takes two brackets.
  if (length > 2 * MOST_LEVELS && isNestedDeeperThan(fact, MOST_LEVELS))
    throw new FactRefused(`${whatIn(fact)} is nested deeper than ${MOST_LEVELS} levels, the most that a run keeps.`)
}

function whatIn({ type }: RunFact): string {
  if (type === 'call.succeeded') return 'The result'
  if (type === 'call.started' || type === 'call.emitted') return 'What the call was given'
  return type === 'run.finished' || type === 'text.delta' ? 'The text of the model' : 'What happened here'
}
