import { isRepeatable, limitsOf, parallelismOf, policyOf } from '@volley/shared/flow/defaults.ts'
import { err, type Result } from '@volley/shared/lib/result.ts'
import type { PlanGraph } from '@volley/shared/plan/planGraph.ts'
import { NO_REFERENCES, type Precedents, resolveArguments } from '@volley/shared/plan/reference.ts'
import { createVolleyPlan, type Ending, type Move, type VolleyPlan } from '@volley/shared/plan/volleyPlan.ts'
import type { ConsoleLine, RunFactOf, StopReason } from '@volley/shared/run/events.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { abortOf } from './abort.ts'
import { type AttemptPorts, attemptCall, type CallEnd } from './attemptCall.ts'
import { type Call, callFromLog, newCall } from './call.ts'
import {
  broken,
  cancelled,
  denied,
  dependencyFailed,
  INTERRUPTED,
  limit,
  spoiled,
  truncatedBy,
  UNFINISHED,
} from './callProblems.ts'
import type { Durations } from './durations.ts'
import { FactRefused } from './factSize.ts'
import { createPlaces } from './places.ts'
import type { RunSpec } from './ports.ts'
import { argumentsAsEmitted, checkArguments, type ReadableCall, readCall, type ValidateArguments } from './readCall.ts'
import { createSharing } from './sharing.ts'
import { endedWell } from './stopReasons.ts'

// All calls of one run: from the model's mouth to their one end. Invariants:
// 1. Every emitted call gets exactly one terminal event; `end` is the only place that writes one.
// 2. A call starts when the plan has released it, its arguments are resolved and fit, any approval is given, and the gate admits it.
// 3. Nothing unrepeatable starts before the model's message has ended well.
// 4. Numbers are given in emission order over the run and never reused; `visible` are those the model can see.

export interface EmittedCall {
  id: string | null
  tool: string
  argumentsText: string
  /** False for one that the end of the message cut off. */
  complete: boolean
}

export interface RunCallsPorts extends AttemptPorts {
  validate: ValidateArguments
  durations: Durations
}

export type RunCalls = ReturnType<typeof createRunCalls>

export function createRunCalls(spec: RunSpec, graph: PlanGraph, ports: RunCallsPorts, signal: AbortSignal) {
  const { journal, validate, durations } = ports
  const abort = abortOf(signal)
  const limits = limitsOf(spec.flow.agent)
  const parallelism = parallelismOf(spec.flow.agent)
  const places = createPlaces({
    concurrency: limits.concurrency,
    parallelism,
    toolOf: (number) => calls.get(number)?.toolName ?? '',
    durations,
    journal,
  })
  const calls = new Map<number, Call>()
  const sharing = createSharing()
  const approvals = new Map<number, Call>()
  let visible: number[] = []
  let visibleBefore = 0
  let inTurn = 0
  let isEmitting = false
  let isOffered = true
  let plan = newPlan()
  let whenIdle: (() => void) | null = null
  /** Open calls of the message that counts: those of broken tries hold nothing up. */
  let open = 0
  let isOver = false
  /** Of what these wait for something is new. */
  const held = new Set<Call>()
  /** How many numbers this message's `call.waiting` have held so far. */
  let announced = 0
  const moves: Move[] = []
  let isFollowing = false

  function newPlan(): VolleyPlan {
    return createVolleyPlan(graph, {
      toolOf: (number) => calls.get(number)?.toolName,
      endingOf: (number) => calls.get(number)?.ending ?? undefined,
    })
  }

  // --- what the turn says

  /**
   * A message begins. With `again` it is the same turn asked again, and what its broken try finished may be adopted. Without
   * `mayCall` the model was offered no tools: a call it makes all the same is not executed.
   */
  function beginMessage({ again, mayCall = true }: { again: boolean; mayCall?: boolean }) {
    isOffered = mayCall
    if (again) visible = visible.slice(0, visibleBefore)
    else sharing.offer([])
    visibleBefore = visible.length
    inTurn = 0
    open = 0
    announced = 0
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
      arguments: argumentsAsEmitted(wanted.argumentsText),
    })
    const call = add(newCall(number, turn, wanted.tool, plan))
    const read = readWithinLimits(wanted)
    visible.push(number)
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

  function readWithinLimits(wanted: EmittedCall): Result<ReadableCall, CallProblem> {
    inTurn++
    if (!isOffered) return err(limit('This run has used all its turns: no tool was offered any more.'))
    if (inTurn > limits.callsPerTurn)
      return err(
        limit(`One turn may hold ${limits.callsPerTurn} calls, and this one is beyond. Ask for it in the next turn.`),
      )
    if (visible.length >= limits.calls)
      return err(limit(`This run may make ${limits.calls} calls, and this one is beyond. Answer with what is known.`))
    if (!wanted.complete) return err(UNFINISHED)
    return readCall(wanted, graph, precedents(), validate)
  }

  const precedents = (): Precedents | null =>
    parallelism === 'graph' ? { visible, toolOf: (number) => calls.get(number)?.toolName } : null

  /** The `nth` call of this message turns out to be no JSON after all; when it has not started, it fails. */
  function spoil(nth: number) {
    const call = calls.get(visible[visibleBefore + nth - 1] ?? 0)
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

  // --- after a crash

  /**
   * Takes up the calls of a run from its log. Those of an open turn go on: one that was running is executed again when its tool is
   * repeatable, else it fails as interrupted, since nobody knows what it did. Where the message had ended the others go by the
   * plan; where it had not, the turn is broken.
   */
  function restore(run: RunState) {
    const last = run.turns.at(-1)
    const openTurn = last?.finishedAt === null ? last : undefined
    const stopReason = openTurn?.stopReason ?? null
    const goesByPlan = stopReason !== null && endedWell(stopReason)
    // A filter or a refusal ends the run, whatever its calls were doing.
    const goesOn = goesByPlan || stopReason === null || stopReason === 'length'
    visible = run.turns.filter((turn) => turn !== openTurn).flatMap((turn) => turn.calls)
    visibleBefore = visible.length
    const leftovers = newPlan()
    for (const state of run.calls) {
      const counts = openTurn?.calls.includes(state.call) ?? false
      const call = add(callFromLog(state, counts ? plan : leftovers))
      const tool = graph.tools.get(state.tool)
      if (tool && call.startedAt !== null) sharing.remember(call, tool)
      if (state.turn !== openTurn?.turn) continue
      // What a call of a broken try referred to is gone from sight; the log has its arguments as they were resolved.
      if (!counts) {
        if (tool && call.arguments) call.readable = { tool, arguments: call.arguments, references: NO_REFERENCES }
        continue
      }
      const wanted = { tool: state.tool, argumentsText: JSON.stringify(state.emittedArguments) }
      const read = readCall(wanted, graph, precedents(), validate)
      if (read.ok) call.readable = read.value
      visible.push(call.number)
      plan.emit(
        { call: call.number, tool: state.tool, references: call.readable?.references.calls ?? [] },
        { mayStartEarly: false },
      )
      if (call.ending) plan.settle(call.number, call.ending)
    }
    for (const call of goesOn ? calls.values() : []) {
      if (call.ending || call.startedAt === null) continue
      if (!call.readable || !isRepeatable(call.readable.tool)) fail(call, INTERRUPTED)
      else if (!goesByPlan || !openTurn?.calls.includes(call.number)) places.want(call)
    }
    follow(goesByPlan ? plan.close() : [])
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
    admit()
  }

  function make(move: Move) {
    const call = calls.get(move.call) as Call
    if (call.ending || isOver) return
    if (move.do === 'release') {
      try {
        return release(call)
      } catch (mistake) {
        return giveUp(call, mistake)
      }
    }
    if (move.do === 'skip') return skip(call, calls.get(move.because) as Call)
    held.add(call)
  }

  /**
   * Says what held calls still wait for: of all changes since the last piece only the newest. When a turn has told very much, only every
   * halving is told: of a thousand calls that wait for a thousand others nobody reads every step.
   */
  function tellWaits() {
    for (const call of held) {
      const count = call.plan.countOutstanding(call.number)
      const isMany = announced > MOST_ANNOUNCED && count > 1 && call.announced !== null
      if (count === 0 || count === call.announced || (isMany && count > (call.announced ?? 0) / 2)) continue
      call.announced = count
      announced += count
      journal.write({ type: 'call.waiting', call: call.number, waitsFor: call.plan.outstandingOf(call.number) })
    }
    held.clear()
  }
  journal.beforeSend(tellWaits)

  function skip(call: Call, cause: Call) {
    const after = call.plan.waitsOf(call.number)
    end(
      call,
      { is: 'skipped', because: cause.number },
      { type: 'call.skipped', call: call.number, error: dependencyFailed(cause), after },
    )
  }

  /** All that a call waited for has ended: resolve, ask, share, queue. */
  function release(call: Call) {
    held.delete(call)
    const { tool, arguments: args, references } = call.readable as ReadableCall
    const resolved = resolveArguments(args, references, (number) => calls.get(number)?.result)
    if (!resolved.ok) return fail(call, resolved.error)
    const problem = references.calls.length > 0 ? checkArguments(tool, resolved.value, validate) : null
    if (problem) return fail(call, problem)
    call.arguments = resolved.value
    if (policyOf(tool).approval === 'never' || call.approval === 'granted') return share(call)
    approvals.set(call.number, call)
    if (call.approval === 'none') journal.write({ type: 'call.awaiting_approval', call: call.number })
  }

  /** Equal calls execute once; what a broken try finished is not repeated; everything else goes to the gate. */
  function share(call: Call) {
    const shared = sharing.sourceFor(call)
    if (!shared) return places.want(call)
    const takeOver = () => {
      if (call.ending) return
      const { source, by } = shared
      if (source.ending?.is === 'succeeded') return succeedLike(call, source, by)
      if (by === 'coalescedWith' && source.startedAt !== null && source.error) return fail(call, source.error)
      share(call)
      admit()
    }
    if (shared.source.ending) takeOver()
    else shared.source.followers.push(takeOver)
  }

  function admit() {
    if (!isOver) places.give(start)
  }

  function start(call: Call) {
    call.startedAt ??= journal.elapsed()
    const { tool } = call.readable as ReadableCall
    const execution = {
      runId: spec.runId,
      call: call.number,
      tool,
      arguments: call.arguments as Record<string, unknown>,
      eager: isEmitting,
      isTrial: spec.trial === true,
      after: call.plan.waitsOf(call.number),
      attemptsBefore: call.attemptsBefore,
    }
    attemptCall(execution, ports, abort)
      .then((outcome) => {
        if (outcome && !call.ending) finish(call, outcome)
      })
      .catch((mistake) => giveUp(call, mistake))
  }

  /** Whatever goes wrong with a call, it ends, and the others go on. */
  function giveUp(call: Call, mistake: unknown) {
    if (!(mistake instanceof FactRefused)) ports.onMistake(mistake)
    if (!call.ending && !isOver) fail(call, broken(call.toolName, mistake))
  }

  function finish(call: Call, outcome: CallEnd) {
    const printed = outcome.console ? { console: outcome.console } : {}
    if (!outcome.ok) return fail(call, outcome.error, printed)
    const durationMs = Math.round((journal.elapsed() - (call.startedAt ?? 0)) * 100) / 100
    durations.seen(call.toolName, durationMs)
    end(
      call,
      { is: 'succeeded' },
      { type: 'call.succeeded', call: call.number, ...resultOf(outcome), durationMs, ...printed },
    )
  }

  function succeedLike(call: Call, other: Call, by: 'adoptedFrom' | 'coalescedWith') {
    end(
      call,
      { is: 'succeeded' },
      { type: 'call.succeeded', call: call.number, ...resultOf(other), durationMs: 0, [by]: other.number },
    )
  }

  const resultOf = ({ result, shown }: { result: unknown; shown?: string | undefined }) => ({
    result,
    ...(shown === undefined ? {} : { shown }),
  })

  // --- ends

  type EndFact = RunFactOf<'call.succeeded' | 'call.failed' | 'call.skipped' | 'call.cancelled'>

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
    held.delete(call)
    if (call.plan === plan) open--
    approvals.delete(call.number)
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

  return { beginMessage, emit, spoil, endMessage, cutMessage, breakMessage, restore, cancelAll, idle, decide }
}

/** Enough for every change of a turn within the limits that hold when none are given. */
const MOST_ANNOUNCED = 200_000
