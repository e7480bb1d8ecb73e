import { policyOf } from '@volley/shared/flow/defaults.ts'
import type { Parallelism } from '@volley/shared/flow/flow.ts'
import { fillText, Overfilled } from '@volley/shared/lib/template.ts'
import { createGate, rankOf } from '@volley/shared/plan/gate.ts'
import type { Call } from './call.ts'
import type { Durations } from './durations.ts'
import type { Journal } from './journal.ts'

/** The places calls run in: who is ready, who may run, in which order. */
export interface Places {
  /** A call is ready and wants a place. */
  want(call: Call): void
  /** A call ended: it gives its place back, or no longer wants one. */
  leave(call: Call): void
  /** A limit over all runs keeps it in line: others of its run have its place meanwhile, but in serial, where the order counts. */
  park(call: Call): void
  /** It may go on, and does so once it has a place again. */
  unpark(call: Call, goOn: () => void): void
  /** What depends on what has changed: the ready calls are ordered anew. */
  reorder(): void
  /** Gives the places that are free, and starts who got one. Says of the others, once, that only places are missing. */
  give(start: (call: Call) => void): void
}

export interface PlacesOptions {
  concurrency: number
  parallelism: Parallelism
  toolOf(call: number): string
  durations: Durations
  journal: Journal
}

/** The places of one run. In serial there is one, and the number alone decides who has it. */
export function createPlaces({ concurrency, parallelism, toolOf, durations, journal }: PlacesOptions): Places {
  const isSerial = parallelism === 'serial'
  const gate = createGate(isSerial ? 1 : concurrency)
  const ready = new Map<number, Call>()
  const ranks = new Map<number, number>()
  /** Ready since places were last given. */
  let fresh: Call[] = []
  /** What goes on once a call that was parked has a place again. */
  const parked = new Map<number, () => void>()

  let isGiving = false
  let isAskedAgain = false

  /** A call got its place: it starts, or goes on where it was parked. */
  const begin = (number: number, start: (call: Call) => void) => {
    const goOn = parked.get(number)
    if (goOn) {
      parked.delete(number)
      return goOn()
    }
    // It ended meanwhile, with what was started before it.
    const call = ready.get(number)
    if (!call) return
    ready.delete(number)
    start(call)
  }

  const rank = (call: Call) =>
    isSerial ? 0 : rankOf(call.number, call.plan.dependentsOf, (number) => durations.expectedMs(toolOf(number)), ranks)

  return {
    want(call) {
      const { tool } = call.readable as NonNullable<Call['readable']>
      const args = call.arguments as Record<string, unknown>
      const { concurrency: toolConcurrency, exclusive } = policyOf(tool)
      ready.set(call.number, call)
      fresh.push(call)
      gate.add({
        call: call.number,
        tool: tool.name,
        toolConcurrency,
        exclusive: exclusive === undefined ? null : exclusiveKey(exclusive, args),
        rank: rank(call),
      })
    },
    park(call) {
      if (!isSerial) gate.park(call.number)
    },
    unpark(call, goOn) {
      if (isSerial) return goOn()
      gate.unpark(call.number)
      parked.set(call.number, goOn)
    },
    leave(call) {
      if (ready.delete(call.number)) gate.remove(call.number)
      gate.free(call.number)
      parked.delete(call.number)
    },
    reorder() {
      ranks.clear()
      if (ready.size > 0) gate.rerank((number) => rank(ready.get(number) as Call))
    },
    give(start) {
      // A start may ask for places itself: they are given after those that are being given, which go first.
      isAskedAgain = true
      if (isGiving) return
      isGiving = true
      try {
        while (isAskedAgain) {
          isAskedAgain = false
          for (const number of gate.admit()) begin(number, start)
        }
      } finally {
        isGiving = false
      }
      for (const call of fresh) {
        if (call.announced !== null && ready.has(call.number))
          journal.write({ type: 'call.waiting', call: call.number, waitsFor: [] })
      }
      fresh = []
    },
  }
}

/** Keys too long to be written down count as one: such calls run one at a time, which is on the safe side. */
function exclusiveKey(template: string, args: Record<string, unknown>): string {
  try {
    return fillText(template, (name) => args[name])
  } catch (fault) {
    if (fault instanceof Overfilled) return template
    throw fault
  }
}
