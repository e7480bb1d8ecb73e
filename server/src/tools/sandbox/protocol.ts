import type { ConsoleLine } from '@volley/shared/run/events.ts'

// What the server and a sandbox process say to each other. The process is not trusted: what it says is checked in workerMessage.ts.

/** The name under which the user's source stands in stacks. */
export const SOURCE_FILE = 'code.js'
export const MOST_RESULT_BYTES = 10 * 1024 * 1024
export const MOST_CONSOLE_CHARACTERS = 64 * 1024
export const MOST_MEMORY_MB = 64

export interface RunOrder {
  do: 'run'
  source: string
  argumentsJson: string
  /** How long it may go on, from now. */
  deadlineMs: number
  /** Whether the code has a `fetch`. */
  mayFetch: boolean
}

export interface CheckOrder {
  do: 'check'
  source: string
}

export interface FetchRequest {
  url: string
  method: string
  headers: Record<string, string>
  body: string | null
}

export type FetchAnswer =
  | { ok: true; status: number; headers: Record<string, string>; body: string }
  | { ok: false; message: string }

export type ToWorker = RunOrder | CheckOrder | { do: 'answer'; fetch: number; answer: FetchAnswer }

/** Where in the user's source, from 1. */
export interface Place {
  line: number
  column: number
}

export type CodeFault = { message: string; place: Place | null }

/** How one execution ended. `endless`: nothing is left that could settle the promise it returned. */
export type Ending =
  | { is: 'result'; json: string }
  | { is: 'threw'; fault: CodeFault }
  | { is: 'too large'; bytes: number }
  | { is: 'timeout' | 'memory' | 'recursion' | 'endless' | 'crashed' }
  | { is: 'checked'; problem: CodeFault | null }

/** `spoiled`: the process should not be used again. */
export interface Report {
  ending: Ending
  console: ConsoleLine[]
  spoiled: boolean
}

export type FromWorker =
  | { is: 'ready' }
  /** Nothing to compute until an answer comes. */
  | { is: 'waiting' }
  | { is: 'fetch'; fetch: number; request: FetchRequest }
  | { is: 'done'; report: Report }
