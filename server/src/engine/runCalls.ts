import { isRepeatable, limitsOf, parallelismOf } from '@volley/shared/flow/defaults.ts'
import type { PlanGraph } from '@volley/shared/plan/planGraph.ts'
import { createVolleyPlan, type Ending, type Move, type VolleyPlan } from '@volley/shared/plan/volleyPlan.ts'
import type { ConsoleLine, RunFactOf, StopReason } from '@volley/shared/run/events.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { abortOf } from './abort.ts'
import type { AttemptPorts } from './attemptCall.ts'
import { type Call, newCall } from './call.ts'
import { cancelled, dependencyFailed, spoiled, truncatedBy } from './callProblems.ts'
import type { Durations } from './durations.ts'
import { createMessageCalls } from './messageCalls.ts'
import { createPlaces } from './places.ts'
import type { Limits, RunSpec } from './ports.ts'
import { argumentsAsEmitted, type EmittedCall, type ValidateArguments } from './readCall.ts'
import { createReleases, type Success } from './releaseCalls.ts'
import { restoreCalls } from './restoreCalls.ts'
import { createSharing } from './sharing.ts'
import { createWaitTelling } from './tellWaits.ts'

// All calls of one run: from the model's mouth to their one end. Invariants:
// 1. Every emitted call gets exactly one terminal event; `end` is the only place that writes one.
// 2. Nothing unrepeatable starts before the model's message has ended well.
// 3. Numbers are given in emission order over the run and never reused.
// When a released call starts is held by `releaseCalls`, what the model can see by `messageCalls`.

export interface RunCallsPorts extends AttemptPorts {
  validate: ValidateArguments
  durations: Durations
  limits: Limits
}

export type RunCalls = ReturnType<typeof createRunCalls>

export function createRunCalls(spec: RunSpec, graph: PlanGraph, ports: RunCallsPorts, signal: AbortSignal) {
  const { journal, durations } = ports
  const limits = limitsOf(spec.flow.agent)
  const parallelism = parallelismOf(spec.flow.agent)
  const places = createPlaces({
    concurrency: limits.concurrency,
    parallelism,
    toolOf: (number) => toolOf(number) ?? '',
    durations,
    journal,
  })
  const calls = new Map<number, Call>()
  const sharing = createSharing()
  const toolOf = (number: number) => calls.get(number)?.toolName
  const message = createMessageCalls({
    limits,
    graph,
    validate: ports.validate,
    mayRefer: parallelism === 'graph',
    toolOf,
  })
  const waits = createWaitTelling(journal)
  const releases = createReleases({
    spec,
    ports,
    abort: abortOf(signal),
    places,
    sharing,
    callOf: (number) => calls.get(number),
    isEmitting: () => isEmitting,
    isOver: () => isOver,
    succeed,
    fail,
  })
  let isEmitting = false
  let plan = newPlan()
  let whenIdle: (() => void) | null = null
  /** Open calls of the message that counts: those of broken tries hold nothing up. */
  let open = 0
  let isOver = false
  const moves: Move[] = []
  let isFollowing = false

  function newPlan(): VolleyPlan {
    return createVolleyPlan(graph, {
      toolOf,
      endingOf: (number) => calls.get(number)?.ending ?? undefined,
    })
  }

  // --- what the turn says

  /**
   * A message begins. With `again` it is the same turn asked again, and what its broken try finished may be adopted. Without
   * `mayCall` the model was offered no tools: a call it makes all the same is not executed.
   */
  function beginMessage({ again, mayCall = true }: { again: boolean; mayCall?: boolean }) {
    if (!again) sharing.offer([])
    message.begin({ again, mayCall })
    waits.beginMessage()
    open = 0
    isEmitting = true
    plan = newPlan()
  }

  function emit(turn: number, wanted: EmittedCall) {
    const number = calls.size + 1
    journal.write({
      type: 'call.emitted',
      turn,
      call: number,
      id: wanted.id ?? `call_${number}`,
      tool: wanted.tool,
      ...argumentsAsEmitted(wanted.argumentsText),
    })
    const call = add(newCall(number, turn, wanted.tool, plan))
    const read = message.readWithinLimits(wanted)
    message.see(number)
    if (read.ok) call.readable = read.value
    const mayStartEarly = call.readable !== null && isRepeatable(call.readable.tool)
    const next = plan.emit(
      { call: number, tool: wanted.tool, references: call.readable?.references.calls ?? [] },
      { mayStartEarly },
    )
    if (call.readable?.references.calls.length) places.reorder()
    if (read.ok) follow(next)
    else fail(call, read.error)
  }

  /** The `nth` call of this message turns out to be no JSON after all; when it has not started, it fails. */
  function spoil(nth: number) {
    const call = calls.get(message.nth(nth) ?? 0)
    if (call && !call.ending && call.startedAt === null) fail(call, spoiled(call))
  }

  /** The message has ended well: what was held back for its sake may start. */
  function endMessage() {
    isEmitting = false
    const next = plan.close()
    places.reorder()
    follow(next)
  }

  /** The message was cut, filtered or refused: what has not started fails. */
  function cutMessage(stopReason: StopReason) {
    isEmitting = false
    for (const call of takenBack())
      endQuietly(call, { is: 'failed' }, { type: 'call.failed', call: call.number, error: truncatedBy(stopReason) })
  }

  /** The stream broke: what has not started is taken back; what runs goes on, to be adopted by the next try. */
  function breakMessage(turn: number) {
    isEmitting = false
    for (const call of takenBack())
      cancel(call, 'The message broke off before this call could start; the turn is asked again.')
    sharing.offer(
      [...calls.values()].filter(
        (call) => call.turn === turn && call.arguments && (!call.ending || call.ending.is === 'succeeded'),
      ),
    )
  }

  /** Everything that has not ended is cancelled: the run is over. */
  function cancelAll(message: string) {
    isEmitting = false
    isOver = true
    for (const call of calls.values()) if (!call.ending) cancel(call, message)
  }

  /** Resolves when no call of the message is open. */
  function idle(): Promise<void> {
    return open === 0 ? Promise.resolve() : new Promise((resolve) => (whenIdle = resolve))
  }

  /** What has not started, each to be ended by the caller: none of them takes over from another any more. */
  const takenBack = () => {
    const unstarted = [...calls.values()].filter((call) => !call.ending && call.startedAt === null)
    for (const call of unstarted) call.followers.length = 0
    return unstarted
  }
  const cancel = (call: Call, message: string) =>
    endQuietly(call, { is: 'cancelled' }, { type: 'call.cancelled', call: call.number, error: cancelled(message) })

  function add(call: Call) {
    calls.set(call.number, call)
    if (!call.ending && call.plan === plan) open++
    return call
  }

  /** Takes up the calls of a run from its log, as far as it goes. */
  function restore(run: RunState) {
    follow(restoreCalls(run, { graph, plan, leftovers: newPlan(), message, sharing, places, add, fail }))
  }

  // --- what the plan says

  /** Does what the plan says, one move after another, however many follow from one; then gives places. */
  function follow(next: readonly Move[]) {
    moves.push(...next)
    if (isFollowing) return
    isFollowing = true
    for (let at = 0; at < moves.length; at++) make(moves[at] as Move)
    moves.length = 0
    isFollowing = false
    releases.admit()
  }

  function make(move: Move) {
    const call = calls.get(move.call) as Call
    if (call.ending || isOver) return
    if (move.do === 'wait') return waits.hold(call)
    if (move.do === 'skip') return skip(call, calls.get(move.because) as Call)
    waits.forget(call)
    releases.release(call)
  }

  function skip(call: Call, cause: Call) {
    const after = call.plan.waitsOf(call.number)
    end(
      call,
      { is: 'skipped', because: cause.number },
      { type: 'call.skipped', call: call.number, error: dependencyFailed(cause), after },
    )
  }

  // --- ends

  type EndFact = RunFactOf<'call.succeeded' | 'call.failed' | 'call.skipped' | 'call.cancelled'>

  function succeed(call: Call, { shown, ...success }: Success) {
    const words = shown === undefined ? {} : { shown }
    end(call, { is: 'succeeded' }, { type: 'call.succeeded', call: call.number, ...success, ...words })
  }

  function fail(call: Call, error: CallProblem, printed: { console?: ConsoleLine[] } = {}) {
    end(call, { is: 'failed' }, { type: 'call.failed', call: call.number, error, ...printed })
  }

  /** A call's end, and what follows for those that waited for it. */
  function end(call: Call, ending: Ending, fact: EndFact) {
    follow(endQuietly(call, ending, fact))
  }

  /** Writes a call's one end; what would follow for others is left to the caller. */
  function endQuietly(call: Call, ending: Ending, fact: EndFact): Move[] {
    const written = journal.write(fact)
    // What others take from a result is what was stored: a secret that a tool sends back goes to no other tool.
    if (written.type === 'call.succeeded') {
      call.result = written.result
      call.shown = written.shown
    }
    return settle(call, ending, 'error' in written ? written.error : null)
  }

  function settle(call: Call, ending: Ending, error: CallProblem | null): Move[] {
    call.ending = ending
    call.error = error
    waits.forget(call)
    if (call.plan === plan) open--
    releases.forget(call)
    if (call.startedAt === null) sharing.forget(call)
    places.leave(call)
    const next = call.plan.settle(call.number, ending)
    for (const tell of call.followers.splice(0)) if (!isOver) tell()
    if (open === 0) {
      whenIdle?.()
      whenIdle = null
    }
    return next
  }

  return {
    beginMessage,
    emit,
    spoil,
    endMessage,
    cutMessage,
    breakMessage,
    restore,
    cancelAll,
    idle,
    decide: releases.decide,
  }
}
