import type { Call } from './call.ts'
import type { Journal } from './journal.ts'

/** Enough for every change of a turn within the limits that hold when none are given. */
const MOST_ANNOUNCED = 200_000

/**
 * Says what held calls still wait for, when a piece of the log is about to be sent: of all changes since the last piece only the newest.
 * When a turn has told very much, only every halving is told: of a thousand calls that wait for a thousand others nobody reads every step.
 */
export function createWaitTelling(journal: Pick<Journal, 'write' | 'beforeSend'>) {
  /** Of what these wait for something is new. */
  const held = new Set<Call>()
  /** How many numbers this message's `call.waiting` have held so far. */
  let announced = 0

  journal.beforeSend(() => {
    for (const call of held) {
      const count = call.plan.countOutstanding(call.number)
      const isMany = announced > MOST_ANNOUNCED && count > 1 && call.announced !== null
      if (count === 0 || count === call.announced || (isMany && count > (call.announced ?? 0) / 2)) continue
      call.announced = count
      announced += count
      journal.write({ type: 'call.waiting', call: call.number, waitsFor: call.plan.outstandingOf(call.number) })
    }
    held.clear()
  })

  return {
    beginMessage() {
      announced = 0
    },
    /** What a call waits for has changed. */
    hold: (call: Call) => void held.add(call),
    /** It waits no more. */
    forget: (call: Call) => void held.delete(call),
  }
}
