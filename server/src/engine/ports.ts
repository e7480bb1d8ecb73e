import type { Exchange } from '@volley/shared/api.ts'
import type { Flow, ModelSettings, Tool } from '@volley/shared/flow/flow.ts'
import type { Picture } from '@volley/shared/lib/picture.ts'
import type {
  ConsoleLine,
  EarlierMessage,
  RunEvent,
  RunFact,
  RunFactOf,
  RunStatus,
  StopReason,
  Usage,
} from '@volley/shared/run/events.ts'
import type { HeldBy } from '@volley/shared/run/heldBy.ts'
import type { Price } from '@volley/shared/run/price.ts'
import type { CallProblemCode, RunProblem } from '@volley/shared/run/problem.ts'
import type { Abort } from './abort.ts'

// What the engine needs from the world. Adapters in models/, tools/ and store/ implement these; the engine imports none of them.

// --- models

/** A tool as the model is shown it; in `graph` its schema is already widened for references. */
export interface ModelTool {
  name: string
  description: string
  parameters: Record<string, unknown>
}

/** The conversation in no provider's form. Ids are unique over the conversation; results stand in emission order. */
export type Message =
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; calls: { id: string; tool: string; argumentsText: string }[]; echo?: unknown }
  | { role: 'results'; results: ResultForModel[] }

export interface ResultForModel {
  id: string
  tool: string
  text: string
  isError: boolean
  /** The same with its pictures in their places, for a protocol that takes pictures here. */
  parts?: ResultPart[]
}

/** `note` is what stands for a picture where it cannot be given. */
export type ResultPart = { type: 'text'; text: string } | { type: 'picture'; picture: Picture; note: string }

export interface ModelRequest {
  model: string
  system: string
  messages: Message[]
  /** Empty: the model is asked for text alone. */
  tools: ModelTool[]
  settings: ModelSettings
  /** False: at most one call is asked for. */
  parallel: boolean
  /** Without a byte for so long the stream counts as broken. */
  idleMs: number
}

/**
 * What a model says, in order. A call comes the moment its arguments are complete; `argumentsText` is as the model wrote it, never
 * repaired. A call whose arguments never completed comes, `complete: false`, right before a `finished` that cut it off.
 * The last event is always `finished` or `broken`, and nothing is thrown but for our own mistakes.
 */
export type ModelEvent =
  | { type: 'text'; text: string }
  | { type: 'call'; id: string | null; tool: string; argumentsText: string; complete: boolean }
  /**
   * More text came for a call that was already given as complete (the `call`th of this message, from 1), so that it is no JSON after
   * all; `argumentsText` is now the whole. Comes right before `finished`: what has not started fails with `invalid_arguments`.
   */
  | { type: 'spoiled'; call: number; argumentsText: string }
  | {
      type: 'finished'
      stopReason: StopReason
      usage: Usage /** The reason in the provider's words, for filter and refusal. */
      reason?: string
      echo?: unknown
    }
  | { type: 'broken'; problem: RunProblem; retry: boolean /** What `Retry-After` asked for. */; retryAfterMs?: number }

export interface Model {
  /** `tell` hears of each request that went out, once its answer is over: what it is given is put together when it is read. */
  stream(request: ModelRequest, signal: AbortSignal, tell?: TellExchange): AsyncIterable<ModelEvent>
}

export type TellExchange = (read: () => ModelExchange) => void

/** What went to a provider and came back, as it was, but for keys: long texts are cut in their middle. */
export type ModelExchange = Pick<Exchange, 'request' | 'answer'>

/** Finds the model behind a provider's or connection's name; a problem says what is missing and how to add it. */
export interface Models {
  find(provider: string): FoundModel | Promise<FoundModel>
}
export type FoundModel = { ok: true; value: Model } | { ok: false; error: RunProblem }

/** What models charge. */
export interface Prices {
  /** Null where it is not known: then it is not guessed. */
  find(provider: string, model: string): Price | null
}

// --- tools

export interface ToolCall {
  tool: Tool
  arguments: Record<string, unknown>
  /** The same for every attempt of a call: `<run>:<call>`. */
  idempotencyKey: string
  /** Whether the tool is tried alone, so that all that goes out and comes back is to be told. */
  isTrial?: boolean
  /** Takes down what an attempt tells of itself beside its end; not heard once the attempt is over. */
  tell?: ((fact: ToolFact) => void) | undefined
  /** Tells how far the attempt is. May be called as often as one likes, and is not heard once the attempt is over. */
  report?: ((progress: Progress) => void) | undefined
}

/** How far a call is, as its tool tells: a part of `total`, or a sentence, or both. */
export interface Progress {
  message?: string
  progress?: number
  total?: number
}

/** `call.nested`: the run that the call is about to begin. `call.exchange`: of a trial, what went out and what came back. */
export type ToolFact = Omit<RunFactOf<'call.nested'>, 'call'> | Omit<RunFactOf<'call.exchange'>, 'call'>

/** `console` is what the tool's own code printed, where it has code of its own; it is kept with the attempt. */
export type ToolOutcome = (
  | {
      ok: true
      result: unknown /** What the model reads in place of a result that is more than text. */
      shown?: string
    }
  | {
      ok: false
      code: CallProblemCode
      message: string
      retry: boolean /** What `Retry-After` asked for. */
      retryAfterMs?: number
    }
) & { console?: ConsoleLine[] }

/** Executes one attempt of one call. It should stop when the signal aborts; the engine moves on whether it does or not. */
export interface ToolRunner {
  run(call: ToolCall, signal: AbortSignal): Promise<ToolOutcome>
}

// --- limits over all runs

/** What all runs have in common: places of a tool, a host or a provider's key, how often it may be used, and the pauses it asked for. */
export interface Limits {
  /** Of one call; `flow` is null for a document that was never saved, whose tools no other run has. */
  forCall(call: { runId: string; flow: string | null; tool: Tool }): Admission
  /** Of one turn's request. */
  forRequest(request: { runId: string; provider: string }): Admission
}

export interface Admission {
  /**
   * Waits in line, fair between runs; gives what is called once the place is no longer needed, or null on the abort. No promise where nothing
   * stands in the way. `onHeld` hears of each limit that it has to wait for.
   */
  enter(abort: Abort, onHeld: (limit: HeldBy) => void): Leave | Promise<Leave | null>
  /** Waits until another attempt may be made from the place that was taken; false on the abort. */
  again(abort: Abort, onHeld?: () => void): Promise<boolean>
  /** The other side asked not to be asked for so many milliseconds: nobody does. */
  slowDown(ms: number): void
}
export type Leave = () => void

// --- secrets

/** Puts `***` in the place of secrets. What the engine stores, and what it tells a model, has passed here. */
export interface Redactor {
  text(given: string): string
  json<Value>(value: Value): Value
  /** A fact without secrets. `own` are names of the flow's document: they stand in plain sight there, and are kept. */
  fact<Fact extends RunFact>(fact: Fact, own: ReadonlySet<string>): Fact
  /** For a text that comes in pieces: what could be the beginning of a secret is held back until it is known. */
  stream(): { push(piece: string): string; end(): string }
}

/** Keeps what went to providers and came back, beside the log: for people who look into a run, and read by nothing else. */
export interface Exchanges {
  /** Never waited for, and read a little later, when calls have begun: losing one in a crash loses no run. */
  keep(runId: string, read: () => Exchange): void
}

// --- the log

/** All that a run needs beside its events: enough to begin it again from its log. */
export interface RunSpec {
  runId: string
  /** The document with the overrides of this run already in it. */
  flow: Flow
  /** Where the document came from; nulls for one that was never saved. */
  origin: { id: string | null; version: number | null }
  input: string
  variables: Record<string, string>
  /** What user and agent had said before, in turn. */
  messages?: EarlierMessage[]
  /** A volley written by hand: these calls and no model. */
  batch?: { tool: string; arguments?: unknown }[]
  /** Says which parts of an earlier run stand in for live ones. */
  replay?: {
    of: string
    model: 'live' | 'recorded'
    tools: 'live' | 'recorded'
    /** Only so many turns are as recorded, calls and all, but for these results by call number; what follows is live. */
    kept?: { turns: number; results: { call: number; result: unknown }[] }
  }
  /** For a run that a tool began: the call it is the work of, how many runs it lies inside of, and the outermost of these. */
  parent?: { run: string; call: number; depth: number; root?: string }
  /** One tool tried alone. */
  trial?: true
  /** Every tool was replaced by a mock. */
  mocked?: true
  /** The eval it is made for. */
  eval?: string
  /** The start's `Idempotency-Key`, kept for 24 hours in one piece with the run's creation. The log does not store it with the run. */
  startKey?: { key: string; bodyHash: string }
}

export interface EventLog {
  /** Stores a run and its first events in one piece. Resolves once they are durable. */
  create(spec: RunSpec, events: readonly RunEvent[], status: RunStatus): Promise<void>
  /**
   * Stores events of one run. Resolves once they are durable; only then can anyone read them. Appends of one process are written in
   * groups and in order, so awaiting the last append awaits all before it.
   */
  append(runId: string, events: readonly RunEvent[], status: RunStatus): Promise<void>
  /** The stored events after number `after`, in order. */
  read(runId: string, after: number): Promise<RunEvent[]>
  /** The same, then those to come as they become durable, until the run has finished or the signal aborts. */
  tail(runId: string, after: number, signal: AbortSignal): AsyncIterable<RunEvent[]>
  /**
   * Where several servers may own a run: whether this one still does. Right before an attempt begins its owner must have been sure of that
   * within the last second; else it asks. Left out where no other server can be.
   */
  owns?: {
    /**
     * When what proves it was sent, on a clock that never goes back: the newest event that the store then accepted under our claim, or the
     * newest question that was answered with yes.
     */
    sureAt(runId: string): number
    ask(runId: string): Promise<boolean>
  }
}

/**
 * A fault of a log that can pass: a full disk, a locked folder. Only such an append is offered again; any other fault is of our own making
 * and would come back for ever.
 */
export class PassingFault extends Error {
  override name = 'PassingFault'
}

// --- time and chance

export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number
  /** Calls back after `ms`; the answer takes the timer back. */
  after(ms: number, callback: () => void): () => void
}

export interface Randomness {
  /** From 0 up to 1, 1 excluded. */
  next(): number
}

export interface Ids {
  /** A new run's id: unguessable, sorted by time. */
  runId(): string
}

// --- what the engine offers

export interface StopOptions {
  /** For so long calls that run and messages that are being written may still end; nothing else begins meanwhile. None when left out. */
  graceMs?: number
  /** Cuts that short. */
  hurry?: AbortSignal
}

export interface Engine {
  /** Begins a run. Resolves once its first event is stored; the run goes on by itself, here or wherever a queue hands it to. */
  start(spec: RunSpec): Promise<void>
  /** Takes up a stored run that has not ended, from wherever its log stands. */
  resume(spec: RunSpec): Promise<void>
  /** Aborts the model stream and every running call at once. False when the run is not going on. */
  cancel(runId: string): Promise<boolean>
  /**
   * A person's decision on a call that awaits one, for its arguments as they stand. False when the call does not await one; true once
   * the decision is durable.
   */
  decide(runId: string, call: number, decision: { approve: boolean; reason?: string }): Promise<boolean>
  /** Stops everything without ending any run: they go on when the next server resumes them. */
  stop(options?: StopOptions): Promise<void>
}

/** An engine as who hands runs to it sees it. */
export interface WorkingEngine extends Engine {
  /** Resolves when a run that goes on here has ended or was let go; at once for any other. */
  over(runId: string): Promise<void>
  /** Aborts a run here without ending it: it goes on where it is taken up next. */
  letGo(runId: string): Promise<void>
  /** Ends a run that goes on here as failed, for this reason. */
  fail(runId: string, problem: RunProblem): void
}
