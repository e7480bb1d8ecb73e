import { isRepeatable, limitsOf, parallelismOf, policyOf } from '@volley/shared/flow/defaults.ts'
import { err, type Result } from '@volley/shared/lib/result.ts'
import { fillText } from '@volley/shared/lib/template.ts'
import { createGate, rankOf } from '@volley/shared/plan/gate.ts'
import type { PlanGraph } from '@volley/shared/plan/planGraph.ts'
import { type Precedents, resolveArguments } from '@volley/shared/plan/reference.ts'
import { createVolleyPlan, type Ending, type Move, type VolleyPlan } from '@volley/shared/plan/volleyPlan.ts'
import type { ConsoleLine, RunFactOf } from '@volley/shared/run/events.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { type AttemptPorts, attemptCall, type CallEnd } from './attemptCall.ts'
import { type Call, callFromLog, newCall } from './call.ts'
import type { Durations } from './durations.ts'
import type { RunSpec } from './ports.ts'
import { argumentsAsEmitted, checkArguments, type ReadableCall, readCall, type ValidateArguments } from './readCall.ts'
import { createSharing } from './sharing.ts'

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
  const limits = limitsOf(spec.flow.agent)
  const parallelism = parallelismOf(spec.flow.agent)
  const gate = createGate(parallelism === 'serial' ? 1 : limits.concurrency)
  const calls = new Map<number, Call>()
  const ready = new Map<number, Call>()
  const sharing = createSharing()
  const approvals = new Map<number, Call>()
  const ranks = new Map<number, number>()
  let visible: number[] = []
  let visibleBefore = 0
  let inTurn = 0
  let isEmitting = false
  let isOffered = true
  let plan = newPlan()
  let whenIdle: (() => void) | null = null
  let open = 0
  let isOver = false
  /** Queued since places were last given. */
  let queued: Call[] = []
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
    isEmitting = true
    plan = newPlan()
    ranks.clear()
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
    if (read.ok) follow(next)
    else fail(call, read.error)
  }

  function readWithinLimits(wanted: EmittedCall): Result<ReadableCall, CallProblem> {
    inTurn++
    const beyond = beyondLimits()
    if (beyond) return err({ code: 'limit', message: beyond })
    if (!wanted.complete) return err({ code: 'truncated', message: TRUNCATED })
    return readCall(wanted, graph, precedents(), validate)
  }

  function beyondLimits(): string | null {
    if (!isOffered) return 'This run has used all its turns: no tool was offered any more.'
    if (inTurn > limits.callsPerTurn)
      return `One turn may hold ${limits.callsPerTurn} calls, and this one is beyond. Ask for it in the next turn.`
    if (calls.size > limits.calls)
      return `This run may make ${limits.calls} calls, and this one is beyond. Answer with what is known.`
    return null
  }

  const precedents = (): Precedents | null =>
    parallelism === 'graph' ? { visible, toolOf: (number) => calls.get(number)?.toolName } : null

  /** The `nth` call of this message turns out to be no JSON after all; when it has not started, it fails. */
  function spoil(nth: number) {
    const call = calls.get(visible[visibleBefore + nth - 1] ?? 0)
    if (!call || call.ending || call.startedAt !== null) return
    const message = `The arguments of ${call.toolName} are not valid JSON: more text follows the closed object.`
    fail(call, { code: 'invalid_arguments', message })
  }

  /** The message has ended well: what was held back for its sake may start. */
  function endMessage() {
    isEmitting = false
    ranks.clear()
    follow(plan.close())
  }

  /** The message was cut at the token limit: what has not started fails. */
  function cutMessage() {
    isEmitting = false
    for (const call of unstarted())
      endQuietly(
        call,
        { is: 'failed' },
        { type: 'call.failed', call: call.number, error: { code: 'truncated', message: TRUNCATED } },
      )
  }

  /** The stream broke: what has not started is taken back; what runs goes on, to be adopted by the next try. */
  function breakMessage(turn: number) {
    isEmitting = false
    for (const call of unstarted())
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

  /** Resolves when no call is open. */
  function idle(): Promise<void> {
    return open === 0 ? Promise.resolve() : new Promise((resolve) => (whenIdle = resolve))
  }

  const unstarted = () => [...calls.values()].filter((call) => !call.ending && call.startedAt === null)
  const cancel = (call: Call, message: string) =>
    endQuietly(
      call,
      { is: 'cancelled' },
      { type: 'call.cancelled', call: call.number, error: { code: 'cancelled', message } },
    )

  function add(call: Call) {
    calls.set(call.number, call)
    if (!call.ending) open++
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
    const goesByPlan = openTurn?.messageFinishedAt != null && openTurn.stopReason !== 'length'
    visible = run.turns.filter((turn) => turn !== openTurn).flatMap((turn) => turn.calls)
    visibleBefore = visible.length
    for (const state of run.calls) {
      const call = add(callFromLog(state, plan))
      if (state.turn !== openTurn?.turn) continue
      const wanted = { tool: state.tool, argumentsText: JSON.stringify(state.emittedArguments) }
      const read = readCall(wanted, graph, precedents(), validate)
      if (read.ok) call.readable = read.value
      if (call.arguments) sharing.sourceFor(call)
      if (!openTurn.calls.includes(state.call)) continue
      visible.push(call.number)
      plan.emit(
        { call: call.number, tool: state.tool, references: call.readable?.references.calls ?? [] },
        { mayStartEarly: false },
      )
      if (call.ending) plan.settle(call.number, call.ending)
    }
    for (const call of calls.values()) {
      if (call.ending || call.startedAt === null) continue
      if (!call.readable || !isRepeatable(call.readable.tool)) fail(call, { code: 'interrupted', message: INTERRUPTED })
      else if (!goesByPlan || !openTurn.calls.includes(call.number)) queue(call)
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
    if (move.do === 'release') return release(call)
    if (move.do === 'skip') return skip(call, calls.get(move.because) as Call)
    call.isAnnounced = true
    journal.write({ type: 'call.waiting', call: call.number, waitsFor: move.waitsFor })
  }

  function skip(call: Call, cause: Call) {
    const message = `Not executed: call ${cause.number} (${cause.toolName}) ${cause.ending?.is ?? 'failed'}, and this call depends on it.`
    const error: CallProblem = { code: 'dependency_failed', message, call: cause.number }
    end(call, { is: 'skipped', because: cause.number }, { type: 'call.skipped', call: call.number, error })
  }

  /** All that a call waited for has ended: resolve, ask, share, queue. */
  function release(call: Call) {
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
    if (!shared) return queue(call)
    const takeOver = () => {
      const { source, by } = shared
      if (source.ending?.is === 'succeeded') return succeedLike(call, source, by)
      if (by === 'coalescedWith' && source.error) return fail(call, source.error)
      queue(call)
      admit()
    }
    if (shared.source.ending) takeOver()
    else shared.source.followers.push(takeOver)
  }

  function queue(call: Call) {
    const { tool } = call.readable as ReadableCall
    const policy = policyOf(tool)
    const args = call.arguments as Record<string, unknown>
    ready.set(call.number, call)
    queued.push(call)
    gate.add({
      call: call.number,
      tool: tool.name,
      toolConcurrency: policy.concurrency,
      exclusive: policy.exclusive === undefined ? null : fillText(policy.exclusive, (name) => args[name]),
      rank:
        parallelism === 'serial'
          ? 0
          : rankOf(
              call.number,
              call.plan.dependentsOf,
              (number) => durations.expectedMs(calls.get(number)?.toolName ?? ''),
              ranks,
            ),
    })
  }

  /** Starts what the gate lets through; says of the others, once, that only places are missing. */
  function admit() {
    if (isOver) return
    for (const number of gate.admit()) start(calls.get(number) as Call)
    for (const call of queued) {
      if (call.isAnnounced && ready.has(call.number))
        journal.write({ type: 'call.waiting', call: call.number, waitsFor: [] })
    }
    queued = []
  }

  function start(call: Call) {
    ready.delete(call.number)
    call.startedAt ??= journal.elapsed()
    const { tool } = call.readable as ReadableCall
    const execution = {
      runId: spec.runId,
      call: call.number,
      tool,
      arguments: call.arguments as Record<string, unknown>,
      eager: isEmitting,
      attemptsBefore: call.attemptsBefore,
    }
    attemptCall(execution, ports, signal).then((outcome) => {
      if (outcome && !call.ending) finish(call, outcome)
    }, ports.onMistake)
  }

  function finish(call: Call, outcome: CallEnd) {
    const printed = outcome.console ? { console: outcome.console } : {}
    if (!outcome.ok) return fail(call, outcome.error, printed)
    const durationMs = Math.round((journal.elapsed() - (call.startedAt ?? 0)) * 100) / 100
    durations.seen(call.toolName, durationMs)
    call.result = outcome.result
    end(
      call,
      { is: 'succeeded' },
      { type: 'call.succeeded', call: call.number, result: outcome.result, durationMs, ...printed },
    )
  }

  function succeedLike(call: Call, other: Call, by: 'adoptedFrom' | 'coalescedWith') {
    call.result = other.result
    end(
      call,
      { is: 'succeeded' },
      { type: 'call.succeeded', call: call.number, result: other.result, durationMs: 0, [by]: other.number },
    )
  }

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
    journal.write(fact)
    return settle(call, ending, 'error' in fact ? fact.error : null)
  }

  function settle(call: Call, ending: Ending, error: CallProblem | null): Move[] {
    call.ending = ending
    call.error = error
    open--
    approvals.delete(call.number)
    if (ready.delete(call.number)) gate.remove(call.number)
    gate.free(call.number)
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
      fail(call, { code: 'denied', message: `A person refused this call${reason ? `: ${reason}` : ''}.` })
    }
    return true
  }

  return { beginMessage, emit, spoil, endMessage, cutMessage, breakMessage, restore, cancelAll, idle, decide }
}

const INTERRUPTED =
  'The server stopped while this call was running, and its tool is not marked as safe to repeat: whether it took effect is unknown.'
const TRUNCATED =
  'The message was cut at its token limit before this call could run. Ask for it again, in fewer or shorter calls.'
