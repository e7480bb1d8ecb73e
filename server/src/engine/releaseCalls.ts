import { policyOf } from '@volley/shared/flow/defaults.ts'
import { resolveArguments } from '@volley/shared/plan/reference.ts'
import type { ConsoleLine } from '@volley/shared/run/events.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import { type Abort, abortWithin } from './abort.ts'
import { type AttemptPorts, attemptCall, type CallEnd } from './attemptCall.ts'
import type { Call } from './call.ts'
import { broken, denied } from './callProblems.ts'
import type { Durations } from './durations.ts'
import { FactRefused } from './factSize.ts'
import type { Places } from './places.ts'
import type { Admission, Leave, Limits, RunSpec } from './ports.ts'
import { checkArguments, type ReadableCall, type ValidateArguments } from './readCall.ts'
import type { Sharing } from './sharing.ts'

// A call from its release to its execution. Invariants:
// 1. A call starts when the plan has released it, its arguments are resolved and fit, any approval is given, and the gate admits it.
// 2. Equal calls execute once where their tool says so, and what a broken try finished is not repeated.
// 3. Whatever is thrown on the way, the call ends.

/** A success as it is written: the result, what stands in its place for the model, how long it took, and what else is known of it. */
export interface Success {
  result: unknown
  shown?: string | undefined
  durationMs: number
  console?: ConsoleLine[]
  adoptedFrom?: number
  coalescedWith?: number
}

export interface ReleasesOptions {
  spec: RunSpec
  ports: AttemptPorts & { validate: ValidateArguments; durations: Durations; limits: Limits }
  abort: Abort
  places: Places
  sharing: Sharing
  callOf(number: number): Call | undefined
  /** Whether the model still writes the message. */
  isEmitting(): boolean
  isOver(): boolean
  succeed(call: Call, success: Success): void
  fail(call: Call, error: CallProblem, printed?: { console?: ConsoleLine[] }): void
}

export function createReleases(options: ReleasesOptions) {
  const { spec, ports, abort, places, sharing, callOf, isEmitting, isOver, succeed, fail } = options
  const { journal, validate, durations, limits } = ports
  const approvals = new Map<number, Call>()
  /** What takes calls out of the line of a limit over all runs, or back what they were let in for. */
  const inLine = new Map<number, () => void>()

  /** All that a call waited for has ended: resolve, ask, share, queue. */
  function release(call: Call) {
    const { tool, arguments: args, references } = call.readable as ReadableCall
    const resolved = resolveArguments(args, references, (number) => callOf(number)?.result)
    if (!resolved.ok) return fail(call, resolved.error)
    const problem = references.calls.length > 0 ? checkArguments(tool, resolved.value, validate) : null
    if (problem) return fail(call, problem)
    call.arguments = resolved.value
    if (policyOf(tool).approval === 'never' || call.approval === 'granted') return share(call)
    approvals.set(call.number, call)
    if (call.approval === 'none') journal.write({ type: 'call.awaiting_approval', call: call.number })
  }

  /** A person's decision. False when the call is not waiting for one. */
  function decide(number: number, { approve, reason }: { approve: boolean; reason?: string }): boolean {
    const call = approvals.get(number)
    if (!call) return false
    approvals.delete(number)
    if (approve) {
      journal.write({ type: 'call.approved', call: number, ...(reason === undefined ? {} : { reason }) })
      share(call)
      admit()
    } else {
      fail(call, denied(reason))
    }
    return true
  }

  /** Takes over from an equal call; everything else goes to the gate. */
  function share(call: Call) {
    const shared = sharing.sourceFor(call)
    if (!shared) return places.want(call)
    const takeOver = () => {
      if (call.ending) return
      const { source, by } = shared
      const { result, shown, number } = source
      if (source.ending?.is === 'succeeded') return succeed(call, { result, shown, durationMs: 0, [by]: number })
      if (by === 'coalescedWith' && source.startedAt !== null && source.error) return fail(call, source.error)
      share(call)
      admit()
    }
    if (shared.source.ending) takeOver()
    else shared.source.followers.push(takeOver)
  }

  /** Gives the places that are free. */
  function admit() {
    if (!isOver() && !ports.isResting?.()) places.give(start)
  }

  /** It has a place in the run: those limits come that all runs share. */
  function start(call: Call) {
    const { tool } = call.readable as ReadableCall
    const admission = limits.forCall({ runId: spec.runId, flow: spec.origin.id, tool })
    const line = abortWithin(abort)
    let isHeld = false
    const entered = admission.enter(line, (limit) => {
      isHeld = true
      // After a crash the log has its start already, which no waiting can follow.
      if (call.attemptsBefore === 0) journal.write({ type: 'call.waiting', call: call.number, waitsFor: [], limit })
      places.park(call)
      admit()
    })
    if (typeof entered === 'function') {
      line.part()
      return execute(call, admission, entered)
    }
    inLine.set(call.number, line.abort)
    const goOn = (leave: Leave) => {
      inLine.delete(call.number)
      line.part()
      execute(call, admission, leave)
    }
    const isInVain = () => call.ending !== null || line.isAborted || isOver() || ports.isResting?.() === true
    /** It was parked, and wants a place in the run again. */
    const comeBack = (leave: Leave) => {
      // What ends before that gives back what it was let in for.
      const forget = line.onAbort(leave)
      let hasWaited = false
      places.unpark(call, () => {
        forget()
        if (!hasWaited) return goOn(leave)
        // Meanwhile a start that was reserved is out of date, and a pause may have been asked for.
        let isHeldAgain = false
        admission
          .again(line, () => {
            isHeldAgain = true
            places.park(call)
            admit()
          })
          .then((isIn) => {
            if (!isIn || isInVain()) leave()
            else if (isHeldAgain) comeBack(leave)
            else goOn(leave)
          })
          .catch((mistake) => giveUp(call, mistake))
      })
      admit()
      hasWaited = true
    }
    entered
      .then((leave) => {
        if (!leave) return
        if (isInVain()) leave()
        else if (isHeld) comeBack(leave)
        else goOn(leave)
      })
      .catch((mistake) => giveUp(call, mistake))
  }

  function execute(call: Call, admission: Admission, leave: Leave) {
    // Where the run is let go an attempt may never be heard of again.
    if (abort.isAborted) return leave()
    const forget = abort.onAbort(leave)
    call.startedAt ??= journal.elapsed()
    const { tool } = call.readable as ReadableCall
    const execution = {
      runId: spec.runId,
      call: call.number,
      tool,
      arguments: call.arguments as Record<string, unknown>,
      eager: isEmitting(),
      isTrial: spec.trial === true,
      after: call.plan.waitsOf(call.number),
      attemptsBefore: call.attemptsBefore,
      admission,
    }
    attemptCall(execution, ports, abort)
      .finally(() => {
        forget()
        leave()
      })
      .then((outcome) => {
        if (outcome && !call.ending) finish(call, outcome)
      })
      .catch((mistake) => giveUp(call, mistake))
  }

  /** Whatever goes wrong with a call, it ends, and the others go on. */
  function giveUp(call: Call, mistake: unknown) {
    if (!(mistake instanceof FactRefused)) ports.onMistake(mistake)
    if (!call.ending && !isOver()) fail(call, broken(call.toolName, mistake))
  }

  function finish(call: Call, outcome: CallEnd) {
    const printed = outcome.console ? { console: outcome.console } : {}
    if (!outcome.ok) return fail(call, outcome.error, printed)
    const durationMs = Math.round((journal.elapsed() - (call.startedAt ?? 0)) * 100) / 100
    durations.seen(call.toolName, durationMs)
    succeed(call, { result: outcome.result, shown: outcome.shown, durationMs, ...printed })
  }

  return {
    release(call: Call) {
      try {
        release(call)
      } catch (mistake) {
        giveUp(call, mistake)
      }
    },
    decide,
    admit,
    /** It ended: nobody is asked any more. */
    forget(call: Call) {
      approvals.delete(call.number)
      inLine.get(call.number)?.()
      inLine.delete(call.number)
    },
  }
}
