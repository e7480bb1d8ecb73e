import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { CodeProblem } from '@volley/shared/api.ts'
import { isDeeperThan } from '@volley/shared/lib/json.ts'
import type { Clock, ToolOutcome } from '../../engine/ports.ts'
import type { Egress } from '../egress.ts'
import { CANCELLED, toolError } from '../outcomes.ts'
import { wait } from '../wait.ts'
import { createCodeFetch } from './codeFetch.ts'
import { createPool } from './pool.ts'
import { type CodeFault, type Ending, MOST_MEMORY_MB } from './protocol.ts'
import { type LaunchWorker, launchWorker } from './workerProcess.ts'

export interface SandboxRun {
  source: string
  arguments: Record<string, unknown>
  /** Whose code it is: sources and owners take turns. */
  owner: string
  timeoutMs: number
}

/** Runs JavaScript that nobody vouches for (contract 2, `code`), and reads it without running it. */
export interface Sandbox {
  run(run: SandboxRun, signal: AbortSignal): Promise<ToolOutcome>
  /** What keeps a source from being a code tool, with its place. Nothing of it is executed. */
  checkSource(source: string): Promise<CodeProblem[]>
  /** Ends everything; no process stays behind. */
  close(): Promise<void>
}

export interface SandboxOptions {
  clock: Clock
  /** The way out for `fetch`; null where the operator does not allow it to code. */
  egress: Egress | null
  size?: number
  launch?: LaunchWorker
  onFault?: (fault: Error) => void
}

const MOST_LEVELS = 500
const MOST_PROCESSES = 8
/** From the question on, the start of a process on a busy machine included; reading itself is cut off from within, far sooner. */
const CHECK_MS = 10_000
/** So much before its time limit code is stopped from within: then its place and what it printed are known. */
const MARGIN_MS = 50

/** No process is started before the first call. */
export function createSandbox({
  clock,
  egress,
  size = usualSize(),
  launch = launchWorker,
  onFault = () => {},
}: SandboxOptions): Sandbox {
  const pool = createPool({ size, clock, launch, onFault })
  const fetch = egress ? createCodeFetch(egress) : undefined

  return {
    async run({ source, arguments: given, owner, timeoutMs }, signal) {
      const argumentsJson = JSON.stringify(given)
      const deadlineMs = timeoutMs - Math.min(MARGIN_MS, timeoutMs * 0.05)
      const began = clock.now()
      const report = await pool.run(
        {
          key: `${owner} ${createHash('sha256').update(source).digest('base64url')}`,
          order: (leftMs) => ({ do: 'run', source, argumentsJson, deadlineMs: leftMs, mayFetch: fetch !== undefined }),
          deadlineMs,
          ...(fetch ? { fetch } : {}),
        },
        signal,
      )
      if (!report) return CANCELLED
      if (report.ending.is === 'endless' && !(await wait(deadlineMs - (clock.now() - began), clock, signal)))
        return CANCELLED
      const outcome = outcomeOf(report.ending, timeoutMs)
      return report.console.length > 0 ? { ...outcome, console: report.console } : outcome
    },

    async checkSource(source) {
      const task = { key: 'check', order: () => ({ do: 'check', source }) as const, deadlineMs: CHECK_MS }
      const report = await pool.run(task, new AbortController().signal)
      return problemsOf(report?.ending)
    },

    close: () => pool.close(),
  }
}

const usualSize = () => Math.min(MOST_PROCESSES, Math.max(2, availableParallelism()))

function outcomeOf(ending: Ending, timeoutMs: number): ToolOutcome {
  switch (ending.is) {
    case 'result':
      return resultOf(ending.json)
    case 'threw':
      return toolError(sentence(ending.fault))
    case 'too large':
      return toolError(
        `The code returned ${Math.round(ending.bytes / 100_000) / 10} MB, and a result may be 10 MB: return less.`,
      )
    case 'timeout':
      return timeout(`The code was still running after ${timeoutMs} ms and was stopped. ${SLOW}`)
    case 'endless':
      return timeout(`The code gave no answer within ${timeoutMs} ms: it waits for a promise that nothing settles.`)
    case 'memory':
      return toolError(`The code needed more than ${MOST_MEMORY_MB} MB of memory: keep less at once.`)
    case 'recursion':
      return toolError('The code calls itself too deeply, or its data is nested too deeply, for the stack: use a loop.')
    default:
      return toolError('The process that ran the code ended in the middle of it. It took nothing else with it.')
  }
}

const SLOW = 'Raise its time limit or make it quicker.'
const timeout = (message: string): ToolOutcome => ({ ok: false, code: 'timeout', message, retry: true })

function resultOf(json: string): ToolOutcome {
  if (isDeeperThan(json, MOST_LEVELS))
    return toolError(`The result of the code is nested deeper than ${MOST_LEVELS} levels: flatten it.`)
  try {
    return { ok: true, result: JSON.parse(json) }
  } catch {
    return toolError('The result of the code is no JSON.')
  }
}

function sentence({ message, place }: CodeFault): string {
  return place ? `${message} (line ${place.line}, column ${place.column})` : message
}

function problemsOf(ending: Ending | undefined): CodeProblem[] {
  const at = (message: string, { line, column } = { line: 1, column: 1 }) => [{ line, column, message }]
  switch (ending?.is) {
    case 'checked':
      return ending.problem ? at(ending.problem.message, ending.problem.place ?? undefined) : []
    case 'timeout':
      return at('The code takes too long to read: shorten it.')
    case 'recursion':
      return at('The code is nested too deeply to be read: flatten it.')
    default:
      return at('The code could not be read: the process that reads it ended.')
  }
}
