import type { Parallelism } from '../flow/flow.ts'
import { assertNever } from '../lib/result.ts'
import type {
  CallStatus,
  ConsoleLine,
  EarlierMessage,
  RunEvent,
  RunFactOf,
  RunStatus,
  StopReason,
  Summary,
  Usage,
} from './events.ts'
import type { HeldBy } from './heldBy.ts'
import type { Price } from './price.ts'
import type { CallProblem, RunProblem } from './problem.ts'
import { addUsage, NO_USAGE } from './usage.ts'

export interface Attempt {
  attempt: number
  startedAt: number
  finishedAt: number | null
  error?: CallProblem
  /** What the tool's own code printed. */
  console?: ConsoleLine[]
}

export interface CallProgress {
  message?: string
  progress?: number
  total?: number
  at: number
}

/** All that is known of one call: the shape the record shows (contract 5). Times are milliseconds since the run began. */
export interface CallState {
  call: number
  turn: number
  id: string
  tool: string
  status: CallStatus
  emittedArguments: unknown
  /** The same as they were written, where their value does not tell it. */
  emittedArgumentsText?: string
  arguments: unknown
  /** All calls it waited for, ascending. */
  waitsFor: number[]
  /** Those of them that had not ended when this was last said. */
  outstanding: number[]
  /** What it waits for was final while the model still wrote, so that it did not wait for the end of the message. */
  early?: true
  /** The limits over all runs that kept it in line, and since when each did. */
  heldBy?: { limit: HeldBy; at: number }[]
  eager: boolean
  approval: 'none' | 'asked' | 'granted'
  attempts: Attempt[]
  emittedAt: number
  startedAt: number | null
  finishedAt: number | null
  durationMs: number | null
  result: unknown
  /** What the model reads in place of a result that is more than text. */
  shown?: string
  error: CallProblem | null
  /** The run of another flow that does, or did, the call's work. */
  nested?: string
  /** Of a tool tried alone: the last request and its answer. */
  exchange?: Pick<RunFactOf<'call.exchange'>, 'request' | 'answer'>
  /** What the call last told of itself. */
  progress?: CallProgress
  coalescedWith?: number
  adoptedFrom?: number
}

export interface TurnState {
  turn: number
  text: string
  /** The calls of the message that counts: those of broken tries, which the model never saw, are left out. */
  calls: number[]
  usage: Usage
  stopReason: StopReason | null
  retries: { attempt: number; error: RunProblem; delayMs: number; at: number }[]
  /** The limits over all runs that kept its request in line. `to` is null while it waits. */
  heldBy?: { limit: HeldBy; at: number; to: number | null }[]
  startedAt: number
  /** When the model fell silent; its calls may go on. */
  messageFinishedAt: number | null
  finishedAt: number | null
  echo?: unknown
}

export interface RunState {
  id: string
  flow: { id: string | null; name: string; version: number | null }
  status: RunStatus
  input: string
  parallelism: Parallelism
  provider: string
  model: string
  /** The call of another run that this run is the work of. */
  parent?: { run: string; call: number }
  /** One tool tried alone. */
  trial?: true
  /** Every tool was replaced by a mock. */
  mocked?: true
  /** The eval it was made for. */
  eval?: string
  /** What user and agent had said before, in turn. */
  messages?: EarlierMessage[]
  /** The run whose first turns this one has again, from their record. */
  forked?: { run: string; turns: number }
  turns: TurnState[]
  /** `calls[n - 1]` is call n. */
  calls: CallState[]
  output: string | null
  error: RunProblem | null
  usage: Usage
  costUsd: number | null
  /** The price that the cost was counted with. */
  price?: Price
  summary: Summary | null
  /** The number and the time of the last event that was applied. */
  lastSeq: number
  at: number
}

export const EMPTY_RUN: RunState = {
  id: '',
  flow: { id: null, name: '', version: null },
  status: 'running',
  input: '',
  parallelism: 'graph',
  provider: '',
  model: '',
  turns: [],
  calls: [],
  output: null,
  error: null,
  usage: NO_USAGE,
  costUsd: null,
  summary: null,
  lastSeq: 0,
  at: 0,
}

/** The only way a run changes. Throws when the event is not the next one: a gap or a repeat is a mistake of ours. */
export function applyRunEvent(run: RunState, event: RunEvent): RunState {
  return applyRunEvents(run, [event])
}

/** Applies events in order; calls and turns that no event touches keep their identity, and so do the views that show them. */
export function applyRunEvents(run: RunState, events: readonly RunEvent[]): RunState {
  if (events.length === 0) return run
  const next = { ...run, turns: [...run.turns], calls: [...run.calls] }
  const changed = new Set<object>()
  for (const event of events) apply(next, event, changed)
  next.status = statusOf(next)
  return next
}

/** Folds a whole log. */
export function runFromEvents(events: readonly RunEvent[]): RunState {
  return applyRunEvents(EMPTY_RUN, events)
}

function apply(run: RunState, event: RunEvent, changed: Set<object>) {
  if (event.seq !== run.lastSeq + 1)
    throw new Error(`event ${event.seq} does not follow event ${run.lastSeq} of run ${run.id}`)
  run.lastSeq = event.seq
  run.at = event.at

  const turnOf = (number: number) => own(run.turns, number - 1, changed)
  const callOf = (number: number) => own(run.calls, number - 1, changed)
  const endCall = (number: number, status: CallStatus, error: CallProblem | null) => {
    const call = callOf(number)
    call.status = status
    call.error = error
    call.outstanding = []
    call.finishedAt = event.at
    call.attempts = endAttempt(call.attempts, event.at, error, 'console' in event ? event.console : undefined)
    return call
  }

  switch (event.type) {
    case 'run.started':
      run.id = event.runId
      run.flow = event.flow
      run.input = event.input
      run.parallelism = event.parallelism
      run.provider = event.provider
      run.model = event.model
      if (event.parent !== undefined) run.parent = event.parent
      if (event.trial !== undefined) run.trial = event.trial
      if (event.mocked !== undefined) run.mocked = event.mocked
      if (event.eval !== undefined) run.eval = event.eval
      if (event.messages !== undefined) run.messages = event.messages
      if (event.forked !== undefined) run.forked = event.forked
      return
    case 'turn.started':
      run.turns.push({
        turn: event.turn,
        text: '',
        calls: [],
        usage: NO_USAGE,
        stopReason: null,
        retries: [],
        startedAt: event.at,
        messageFinishedAt: null,
        finishedAt: null,
      })
      return
    case 'turn.retrying': {
      const turn = turnOf(event.turn)
      turn.text = ''
      turn.calls = []
      endHolds(turn, event.at)
      turn.retries = [
        ...turn.retries,
        { attempt: event.attempt, error: event.error, delayMs: event.delayMs, at: event.at },
      ]
      return
    }
    case 'turn.waiting': {
      const turn = turnOf(event.turn)
      endHolds(turn, event.at)
      if (event.limit) turn.heldBy = [...(turn.heldBy ?? []), { limit: event.limit, at: event.at, to: null }]
      return
    }
    case 'text.delta':
      turnOf(event.turn).text += event.text
      return
    case 'call.emitted': {
      const turn = turnOf(event.turn)
      turn.calls = ownList(turn.calls, changed)
      turn.calls.push(event.call)
      run.calls.push({
        call: event.call,
        turn: event.turn,
        id: event.id,
        tool: event.tool,
        // Nothing may start for sure before the message has ended, or the call is known to wait for no other.
        status: 'waiting',
        emittedArguments: event.arguments,
        ...(event.argumentsText === undefined ? {} : { emittedArgumentsText: event.argumentsText }),
        arguments: null,
        waitsFor: [],
        outstanding: [],
        eager: false,
        approval: 'none',
        attempts: [],
        emittedAt: event.at,
        startedAt: null,
        finishedAt: null,
        durationMs: null,
        result: null,
        error: null,
      })
      return
    }
    case 'call.waiting': {
      const call = callOf(event.call)
      call.status = event.waitsFor.length > 0 ? 'waiting' : 'ready'
      call.outstanding = event.waitsFor
      // The first one names all; from then on the list only shrinks.
      if (call.waitsFor.length === 0) call.waitsFor = event.waitsFor
      if (event.limit) call.heldBy = [...(call.heldBy ?? []), { limit: event.limit, at: event.at }]
      if (run.turns[call.turn - 1]?.messageFinishedAt === null) call.early = true
      return
    }
    case 'call.awaiting_approval':
      Object.assign(callOf(event.call), { status: 'awaiting_approval', approval: 'asked' })
      return
    case 'call.approved':
      Object.assign(callOf(event.call), { status: 'ready', approval: 'granted' })
      return
    case 'call.started': {
      const call = callOf(event.call)
      call.status = 'running'
      call.outstanding = []
      call.arguments = event.arguments
      if (event.after) call.waitsFor = event.after
      call.startedAt ??= event.at
      if (event.attempt === 1) call.eager = event.eager
      call.attempts = [...call.attempts, { attempt: event.attempt, startedAt: event.at, finishedAt: null }]
      return
    }
    case 'call.retrying': {
      const call = callOf(event.call)
      call.attempts = endAttempt(call.attempts, event.at, event.error, event.console)
      return
    }
    case 'call.nested':
      callOf(event.call).nested = event.runId
      return
    case 'call.exchange': {
      const { request, answer } = event
      callOf(event.call).exchange = { request, ...(answer === undefined ? {} : { answer }) }
      return
    }
    case 'call.progress': {
      const { message, progress, total } = event
      callOf(event.call).progress = {
        ...(message === undefined ? {} : { message }),
        ...(progress === undefined ? {} : { progress }),
        ...(total === undefined ? {} : { total }),
        at: event.at,
      }
      return
    }
    case 'call.succeeded': {
      const call = endCall(event.call, 'succeeded', null)
      call.result = event.result
      if (event.shown !== undefined) call.shown = event.shown
      call.durationMs = event.durationMs
      if (event.coalescedWith !== undefined) call.coalescedWith = event.coalescedWith
      if (event.adoptedFrom !== undefined) call.adoptedFrom = event.adoptedFrom
      return
    }
    case 'call.failed':
    case 'call.skipped':
    case 'call.cancelled': {
      const call = endCall(event.call, ENDS[event.type], event.error)
      if ('after' in event && event.after) call.waitsFor = event.after
      if (call.startedAt !== null) call.durationMs = event.at - call.startedAt
      return
    }
    case 'message.finished': {
      const turn = turnOf(event.turn)
      turn.messageFinishedAt = event.at
      turn.usage = event.usage
      turn.stopReason = event.stopReason
      if (event.echo !== undefined) turn.echo = event.echo
      run.usage = addUsage(run.usage, event.usage)
      for (const number of turn.calls)
        if (run.calls[number - 1]?.status === 'waiting') callOf(number).status = heldStatus(callOf(number))
      return
    }
    case 'turn.finished':
      turnOf(event.turn).finishedAt = event.at
      return
    case 'run.finished':
      run.status = event.status
      run.output = event.output
      run.error = event.error ?? null
      run.usage = event.usage
      run.costUsd = event.costUsd
      if (event.price !== undefined) run.price = event.price
      run.summary = event.summary
      return
    default:
      assertNever(event)
  }
}

const ENDS = { 'call.failed': 'failed', 'call.skipped': 'skipped', 'call.cancelled': 'cancelled' } as const

function endAttempt(
  attempts: Attempt[],
  at: number,
  error: CallProblem | null,
  console: ConsoleLine[] | undefined,
): Attempt[] {
  const ended = { finishedAt: at, ...(error ? { error } : {}), ...(console ? { console } : {}) }
  return attempts.map((one) => (one.finishedAt === null ? { ...one, ...ended } : one))
}

/** Once the message has ended a call waits for others, or for nothing but a place. */
const heldStatus = (call: CallState): CallStatus => (call.outstanding.length > 0 ? 'waiting' : 'ready')

/** A run awaits approval when a call of it does and none is running: nothing moves until a person decides. */
function statusOf(run: RunState): RunStatus {
  if (run.summary) return run.status
  const open = run.turns.at(-1)
  let awaits = false
  for (const number of open?.calls ?? []) {
    const { status, heldBy } = run.calls[number - 1] ?? {}
    // One in the line of a limit goes on by itself: people alone hold nothing up.
    if (status === 'running' || (status === 'ready' && heldBy)) return 'running'
    if (status === 'awaiting_approval') awaits = true
  }
  return awaits ? 'awaiting_approval' : 'running'
}

/** What kept its request in line does so no more. */
function endHolds(turn: TurnState, at: number) {
  if (turn.heldBy) turn.heldBy = turn.heldBy.map((one) => ({ ...one, to: one.to ?? at }))
}

/** The list, copied once per batch: a message of thousands of calls must not be copied for each of them. */
function ownList<Entry>(list: Entry[], changed: Set<object>): Entry[] {
  if (changed.has(list)) return list
  const copy = [...list]
  changed.add(copy)
  return copy
}

/** The entry at `index`, copied once per batch so that it can be changed without touching the state before. */
function own<Entry extends object>(list: Entry[], index: number, changed: Set<object>): Entry {
  const entry = list[index]
  if (!entry) throw new Error(`an event speaks of entry ${index + 1}, which was never announced`)
  if (changed.has(entry)) return entry
  const copy = { ...entry }
  list[index] = copy
  changed.add(copy)
  return copy
}
